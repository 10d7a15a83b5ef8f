/** The plain form of an error, as a schema. Apart from `errors.ts`, so that who only throws loads no zod. */
import { z } from 'zod'
import { valueSchema } from './value-schema.ts'

/**
 * An error that survives a report: `code` names a sentence in `src/words`, `data` fills it,
 * `message` is that sentence in English (already free of secrets), `hints` are things the reader can do.
 */
export const factErrorSchema = z.object({
  code: z.string().regex(/^[a-z0-9-]+$/),
  message: z.string(),
  data: z.record(z.string(), valueSchema).default({}),
  hints: z.array(z.string()).default([]),
})
