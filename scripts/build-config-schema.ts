// Writes schema/config.json, by which editors complete and check a config file. Run it with tsx after changing the format or a rule's options.
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import rules from '../rules/index.ts'
import { configSchema, configSchemaUrl, ruleSettings, severityOrOff } from '../src/config/file/schema.ts'

export const configSchemaFile = fileURLToPath(new URL('../schema/config.json', import.meta.url))

type JsonSchema = Record<string, unknown>

/** What may stand behind the id of each rule that comes with the program; those of others stand as they are. */
function ruleProperties(): JsonSchema {
  const entries = rules.map((rule) => {
    const options = z.toJSONSchema(rule.options, { io: 'input', unrepresentable: 'any' })
    const properties = { severity: { enum: severityOrOff.options }, ...options.properties }
    const map = { type: 'object', properties, additionalProperties: false }
    return [rule.id, { title: rule.text.en.title, anyOf: [{ enum: severityOrOff.options }, map] }] as const
  })
  return Object.fromEntries(entries)
}

// Stands at four places, so it has a name of its own under $defs.
z.globalRegistry.add(ruleSettings, { ...z.globalRegistry.get(ruleSettings), id: 'rules' })

export function configSchemaText(): string {
  const { $schema, ...schema } = z.toJSONSchema(configSchema, {
    target: 'draft-2020-12',
    io: 'input',
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema !== ruleSettings) return
      const { additionalProperties } = jsonSchema
      // A rule of a plugin has a name with a slash in it.
      Object.assign(jsonSchema, { properties: ruleProperties(), patternProperties: { '/': additionalProperties } })
      jsonSchema.additionalProperties = false
      delete jsonSchema.propertyNames
    },
  })
  const head = {
    $schema,
    $id: configSchemaUrl,
    title: 'wallet-checkup config',
    description: 'What `wallet-checkup check` checks.',
  }
  return `${JSON.stringify({ ...head, ...schema }, null, 2)}\n`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(configSchemaFile, configSchemaText())
