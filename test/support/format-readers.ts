/** Reads reports of other formats the way the programs read them that they are written for. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { Ajv } from 'ajv'
import { parse } from 'csv-parse/sync'
import { XMLParser } from 'fast-xml-parser'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { validateXML } from 'xmllint-wasm'

const require = createRequire(import.meta.url)
const root = resolve(import.meta.dirname, '../..')
const junitSchema = readFileSync(resolve(root, 'fixtures/schemas/junit.xsd'), 'utf8')

/** What the schema of test reports, and libxml2, have against any of these; empty when nothing. */
export async function flawsOfJunit(texts: readonly string[]): Promise<readonly string[]> {
  const xml = texts.map((contents, index) => ({ fileName: `report-${index}.xml`, contents }))
  const { errors } = await validateXML({ xml, schema: junitSchema, maxMemoryPages: 8192 })
  return errors.map(({ rawMessage }) => rawMessage)
}

export type JunitCase = {
  readonly name: string
  readonly failure?: JunitResult
  readonly error?: JunitResult
  readonly skipped?: JunitResult
}
type JunitResult = { readonly type: string; readonly message: string; readonly '#text'?: string }
export type JunitSuite = {
  readonly name: string
  readonly tests: string
  readonly failures: string
  readonly errors: string
  readonly skipped: string
  readonly testcase: readonly JunitCase[]
}

/** @throws when it is not well-formed */
export function readJunit(text: string): readonly JunitSuite[] {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    parseAttributeValue: false,
    parseTagValue: false,
    isArray: (name) => ['testsuite', 'testcase', 'property'].includes(name),
  })
  return parser.parse(text, true).testsuites.testsuite ?? []
}

/** The cells, by the rules of RFC 4180. @throws when a row has another number of cells */
export function readCsv(text: string): readonly (readonly string[])[] {
  return parse(text, { relax_quotes: false, record_delimiter: '\r\n' })
}

/** What a spreadsheet takes for a formula. */
export function isFormula(cell: string): boolean {
  return /^[\s\u3000]*[=+\-@＝＋－＠]/u.test(cell)
}

export type WorkflowCommand = {
  readonly name: string
  readonly properties: Readonly<Record<string, string>>
  readonly message: string
}

/** What GitHub's runner makes of a log: `::name …::message` at the beginning of a line, `##[name …]message` anywhere in one. */
export function readWorkflowCommands(log: string): readonly WorkflowCommand[] {
  return log.split(/\r\n|\r|\n/).flatMap((line): readonly WorkflowCommand[] => {
    const [, name = '', list = '', message = ''] = /^\s*::([\w-]+)(?: (.*?))?::(.*)$/s.exec(line) ?? []
    if (name !== '') return [{ name, properties: readProperties(list), message: decode(message) }]
    const [, old = '', rest = ''] = /##\[([\w-]+)[^\]]*\](.*)$/s.exec(line) ?? []
    return old === '' ? [] : [{ name: `##${old}`, properties: {}, message: rest }]
  })
}

function readProperties(list: string): Readonly<Record<string, string>> {
  const pairs = list.split(',').flatMap((pair) => {
    const [, key = '', text = ''] = /^([^=]+)=(.*)$/s.exec(pair.trim()) ?? []
    return key === '' ? [] : [[key, decode(text).replaceAll('%3A', ':').replaceAll('%2C', ',')] as const]
  })
  return Object.fromEntries(pairs)
}

function decode(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%')
}

type Family = { readonly name: string; readonly type: string; readonly metrics: readonly Metric[] }
type Metric = { readonly value: string; readonly labels?: Readonly<Record<string, string>> }

/** As Prometheus' own text format, which the textfile collector reads. @throws when it is none */
export const readPrometheus = require('parse-prometheus-text-format') as (text: string) => readonly Family[]

const metricName = '[a-zA-Z_:][a-zA-Z0-9_:]*'
const label = `[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\\\\n]|\\\\["\\\\n])*"`
const number = '-?\\d+(?:\\.\\d+)?(?:e[+-]?\\d+)?'
const sampleLine = new RegExp(`^(${metricName})(\\{${label}(?:,${label})*\\})? (${number})$`)
const metaLine = new RegExp(`^# (HELP|TYPE|UNIT) (${metricName}) (.+)$`)

/** What the grammar and the rules of OpenMetrics 1.0 have against a text of gauges and counters; empty when nothing. */
export function flawsOfOpenMetrics(text: string): readonly string[] {
  const lines = text.split('\n')
  const ending = lines.splice(-2)
  const flaws = ending.join('|') === '# EOF|' ? [] : ['it does not end in # EOF']
  const families = new Map<string, Set<string>>()
  const counters = new Set<string>()
  let current = ''
  for (const line of lines) {
    const [, kind = '', named = '', rest = ''] = metaLine.exec(line) ?? []
    const [, sampled = '', labels = ''] = sampleLine.exec(line) ?? []
    const counted = sampled.replace(/_total$/, '')
    const name = named || (counters.has(counted) ? counted : sampled)
    if (counters.has(sampled)) flaws.push(`a counter without _total: ${line}`)
    if (name === '') flaws.push(`neither a sample nor a description: ${line}`)
    if (name !== current && families.has(name)) flaws.push(`${name} is in two places`)
    const samples = families.get(name) ?? new Set()
    families.set(name, samples)
    current = name
    if (kind !== '' && samples.has(kind)) flaws.push(`two lines of ${kind} for ${name}`)
    if (kind === 'TYPE' && rest === 'counter') counters.add(name)
    else if (kind === 'TYPE' && rest !== 'gauge') flaws.push(`neither a gauge nor a counter: ${line}`)
    if (kind === 'UNIT' && !name.endsWith(`_${rest}`)) flaws.push(`${name} does not end in its unit`)
    if (sampled !== '' && samples.has(labels)) flaws.push(`twice: ${line}`)
    samples.add(kind || labels)
  }
  return flaws
}

/** HTML as GitHub makes it of Markdown, with the HTML that stands in it. */
export function renderMarkdown(text: string): string {
  return micromark(text, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true })
}

/** How often each element begins in HTML. */
export function countTags(html: string): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const [, name = ''] of html.matchAll(/<([a-z!?][a-z\d-]*)/gi)) counts[name] = (counts[name] ?? 0) + 1
  return counts
}

const sarifSchema = require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json') as Readonly<
  Record<string, unknown>
>
// Of JSON Schema's fourth draft it uses what later ones have too, except for the name of its own address.
const { $schema: _, id: __, ...sarifRules } = sarifSchema
const isSarif = new Ajv({ strict: false, validateFormats: false, allErrors: true, unicodeRegExp: false }).compile(
  sarifRules,
)

/** What the schema of SARIF 2.1.0 has against a text; empty when nothing. */
export function flawsOfSarif(text: string): readonly string[] {
  isSarif(JSON.parse(text))
  return (isSarif.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
}
