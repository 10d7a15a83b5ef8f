// Writes schema/report.json from the zod schema that the types come from. Run it with tsx after changing the report.
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { factErrorSchema } from '../src/core/error-schema.ts'
import { evidenceSchema, subjectSchema, unsignedCallSchema } from '../src/core/finding.ts'
import { becauseSchema, reportSchema, reportSchemaUrl } from '../src/core/report.ts'
import { address, hash, hex } from '../src/core/schema.ts'
import { valueSchema } from '../src/core/value-schema.ts'

export const schemaFile = fileURLToPath(new URL('../schema/report.json', import.meta.url))

/** What zod only knows as a function, in JSON Schema. */
const patterns = new Map<z.core.$ZodType, Readonly<Record<string, string>>>([
  [address, { type: 'string', pattern: '^0x[0-9a-fA-F]{40}$' }],
  [hash, { type: 'string', pattern: '^0x[0-9a-f]{64}$' }],
  [hex, { type: 'string', pattern: '^0x([0-9a-fA-F]{2})*$' }],
])

/** Shapes that occur in several places get a name of their own under $defs. */
const named = z.registry<{ readonly id: string; readonly description: string }>()
named.add(address, { id: 'address', description: 'An address of 20 bytes, in EIP-55 spelling.' })
named.add(hash, { id: 'hash', description: 'A hash of 32 bytes, in lower case.' })
named.add(hex, { id: 'bytes', description: 'Bytes of any length, in hex.' })
named.add(factErrorSchema, { id: 'error', description: 'What went wrong: a code for programs, a sentence, hints.' })
named.add(becauseSchema, { id: 'because', description: 'Why a rule could not be evaluated, or not completely.' })
named.add(valueSchema, { id: 'value', description: 'A typed value of a finding or of an error.' })
named.add(subjectSchema, { id: 'subject', description: 'What a finding is about.' })
named.add(evidenceSchema, { id: 'evidence', description: 'One read that proves a finding.' })
named.add(unsignedCallSchema, {
  id: 'unsignedCall',
  description: 'What a wallet could sign. Amounts and fees are decimal wei. Nothing here was signed or sent.',
})

type Head = { readonly $id: string; readonly title: string; readonly description: string }

/** For shapes that a minor version may add fields to. */
export function openJsonSchema(shape: z.ZodType, head: Head): Readonly<Record<string, unknown>> {
  const { $schema, ...schema } = z.toJSONSchema(shape, {
    target: 'draft-2020-12',
    metadata: named,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      Object.assign(jsonSchema, patterns.get(zodSchema))
      // A minor version may add fields: whoever reads a report passes over those it does not know.
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties
    },
  })
  return { $schema, ...head, ...schema }
}

function reportJsonSchema(): Readonly<Record<string, unknown>> {
  return openJsonSchema(reportSchema, {
    $id: reportSchemaUrl,
    title: 'wallet-checkup report',
    description:
      'What a check-up of an account found, what it could not see, and the reads that prove both. `run` differs between two runs, `result` is the same for the same facts.',
  })
}

export function schemaText(): string {
  return `${JSON.stringify(reportJsonSchema(), null, 2)}\n`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(schemaFile, schemaText())
