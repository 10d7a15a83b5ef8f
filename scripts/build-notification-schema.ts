// Writes schema/notification.json: what a webhook is sent. Run it with tsx after changing a notification, a finding or a value.
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { notificationSchema, notificationSchemaUrl } from '../src/notify/notification.ts'
import { openJsonSchema } from './build-schema.ts'

export const notificationSchemaFile = fileURLToPath(new URL('../schema/notification.json', import.meta.url))

export function notificationSchemaText(): string {
  const schema = openJsonSchema(notificationSchema, {
    $id: notificationSchemaUrl,
    title: 'wallet-checkup notification',
    description: 'What changed about the accounts from one check-up to the next.',
  })
  return `${JSON.stringify(schema, null, 2)}\n`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(notificationSchemaFile, notificationSchemaText())
