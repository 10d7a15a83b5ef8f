/** The addresses and storage slots that a transaction names in advance (EIP-2930): they cost it less gas when it comes to them. */
import { z } from 'zod'
import { address, hash } from './schema.ts'

export const accessListSchema = z.array(z.object({ address, storageKeys: z.array(hash) }))
