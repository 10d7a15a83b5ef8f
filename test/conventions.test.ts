import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { IntlMessageFormat } from 'intl-messageformat'
import { describe, expect, test } from 'vitest'
import type { z } from 'zod'
import builtIn from '../rules/index.ts'
import { confidenceSchema } from '../src/core/finding.ts'
import { linkHosts, links } from '../src/core/links.ts'
import { severities } from '../src/core/severity.ts'
import type { Rule, RuleText } from '../src/rule.ts'
import { withoutProductNames } from './support/product-names.ts'

const root = resolve(import.meta.dirname, '..')
const folders = readdirSync(join(root, 'rules'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
const rules: readonly (readonly [string, Rule])[] = builtIn.map((rule) => [rule.id, rule])

/** Every sentence of a text, with the place it stands at. */
function sentencesOf({ title, decides, why, messages, options = {} }: RuleText): ReadonlyMap<string, string> {
  const entries = Object.entries(messages).flatMap(([id, { message, steps, ...own }]) => [
    [id, message] as const,
    ...(own.title === undefined ? [] : [[`${id}, title`, own.title] as const]),
    ...(own.why === undefined ? [] : [[`${id}, why`, own.why] as const]),
    ...steps.map((step, index) => [`${id}, step ${index + 1}`, step] as const),
  ])
  const meanings = Object.entries(options).map(([name, meaning]) => [`option ${name}`, meaning] as const)
  return new Map([['title', title], ['decides', decides], ['why', why], ...entries, ...meanings])
}

function descriptionsOf(rule: Rule): Readonly<Record<string, string>> {
  const shape: Readonly<Record<string, z.ZodType>> = rule.options.shape
  return Object.fromEntries(Object.entries(shape).map(([name, { description = '' }]) => [name, description]))
}

type Element = ReturnType<IntlMessageFormat['getAst']>[number]

/** `{name}` as name; `{name, select, a {} other {}}` as name and its branches. A plural's forms belong to the language. */
function placeholdersOf(sentence: string, locale: string): readonly string[] {
  const walk = (elements: readonly Element[]): readonly string[] =>
    elements.flatMap((element) => {
      if (!('value' in element) || element.type === literal) return []
      if (!('options' in element)) return [element.value]
      const inner = Object.values(element.options).flatMap((option) => walk(option.value))
      const branches =
        element.type === select ? Object.keys(element.options).map((key) => `${element.value}: ${key}`) : []
      return [element.value, ...branches, ...inner]
    })
  return [...new Set(walk(new IntlMessageFormat(sentence, locale, undefined, { ignoreTag: true }).getAst()))].sort()
}

// The element types of the message parser that matter here; it numbers them.
const literal = 0
const select = 5

test('every folder of rules is listed in rules/index.ts, once', () => {
  expect(rules.map(([id]) => id).sort()).toEqual([...folders].sort())
})

describe.each(rules)('%s', (id, rule) => {
  const english = sentencesOf({ ...rule.text.en, options: descriptionsOf(rule) })
  const japanese = sentencesOf(rule.text.ja)
  const source = readFileSync(join(root, 'rules', id, 'index.ts'), 'utf8')

  test('is named by a state and a thing, as its folder and its test are', () => {
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)+$/)
    expect(id).not.toMatch(/^(no|not|check|has|is|find|detect|verify)-/)
    expect(folders).toContain(id)
    expect(existsSync(join(root, 'test/rules', `${id}.test.ts`))).toBe(true)
  })

  test('is short, and judges without clock, network or output', () => {
    expect(source.split('\n').length).toBeLessThanOrEqual(81)
    expect(source).not.toMatch(/\bawait\b|\bDate\b|\bprocess\b|\bconsole\b|\bfetch\b|Math\.random/)
  })

  test('has a known severity and confidence, and needs each fact once', () => {
    expect(severities).toContain(rule.severity)
    expect(confidenceSchema.options).toContain(rule.confidence)
    expect(rule.needs.length).toBeGreaterThan(0)
    expect(new Set(rule.needs).size).toBe(rule.needs.length)
  })

  test('has a default and a description for every option', () => {
    const shape: Readonly<Record<string, z.ZodType>> = rule.options.shape
    for (const [name, schema] of Object.entries(shape)) {
      expect(schema.safeParse(undefined).success, `${name} has a default`).toBe(true)
      expect(schema.description, `${name} has a description`).toMatch(/^[A-Z].*\.$/)
    }
  })

  test('has the same messages, steps, options and links in both languages', () => {
    expect([...japanese.keys()]).toEqual([...english.keys()])
    for (const [messageId, { steps, links }] of Object.entries(rule.text.en.messages)) {
      expect(steps.length, messageId).toBeGreaterThan(0)
      expect(rule.text.ja.messages[messageId]?.links, messageId).toEqual(links)
    }
  })

  test('quotes what Japanese wallets call by these names', () => {
    for (const [place, sentence] of japanese) {
      expect(sentence.replaceAll(/「[^」]*」/g, ''), place).not.toMatch(/ナンス|ガスリミット/)
    }
  })

  test('speaks of the same values in both languages, sentence by sentence', () => {
    for (const [place, sentence] of english) {
      expect(placeholdersOf(japanese.get(place) ?? '', 'ja'), place).toEqual(placeholdersOf(sentence, 'en'))
    }
  })

  test.each([
    ['en', english, /\.$/, /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u],
    ['ja', japanese, /。$/, /[.,?]$/],
  ] as const)('says what it decides and why in whole sentences (%s)', (_, sentences, end, foreign) => {
    expect(sentences.get('title')).toMatch(/\S/)
    expect(sentences.get('decides')).toMatch(end)
    expect(sentences.get('why')).toMatch(end)
    for (const [place, sentence] of sentences) {
      if (/\btitle$/.test(place)) expect(sentence, place).not.toMatch(end)
      if (/\bwhy$/.test(place)) expect(sentence, place).toMatch(end)
    }
    for (const [place, sentence] of sentences) expect(sentence, place).not.toMatch(foreign)
  })

  test.each([
    ['en', english],
    ['ja', japanese],
  ] as const)('is calm and exact, promises nothing, and holds no address of a page (%s)', (_, sentences) => {
    for (const [place, sentence] of sentences) {
      expect(sentence, place).not.toMatch(/[!!]/)
      expect(sentence, place).not.toMatch(/https?:|www\.|\.(com|io|org|net|jp)\b/i)
      expect(withoutProductNames(sentence), place).not.toMatch(
        /\b(safe|safely|healthy|hacked|asap|guaranteed?)\b|ハッキング|安全です|必ず戻/i,
      )
    }
  })

  test.each([
    ['en', english],
    ['ja', japanese],
  ] as const)('never has anybody give away or type a secret (%s)', (_, sentences) => {
    for (const [place, sentence] of sentences) {
      expect(adviceOnSecrets(sentence), place).toEqual([])
    }
  })
})

/** Sentences that speak of a phrase or key together with handing it over, and do not forbid it. */
function adviceOnSecrets(words: string): readonly string[] {
  const secret = /phrase|private key|password|フレーズ|秘密鍵|パスワード/i
  const handing = /\b(enter|type|paste|share|send|give|import|submit|upload)\b|入力|貼り付け|共有|送信|送って|教え|渡/i
  const forbidding = /\b(never|nobody|no one|do not|not)\b|ないで|ません/i
  return words
    .split(/(?<=[.。])\s*/)
    .filter((sentence) => secret.test(sentence) && handing.test(sentence) && !forbidding.test(sentence))
}

test.each([
  ['Enter your recovery phrase on the support page.', 1],
  ['Never enter your recovery phrase on a page.', 0],
  ['Make a new account with a new recovery phrase.', 0],
  ['シークレットリカバリーフレーズを入力します。', 1],
  ['シークレットリカバリーフレーズを入力しないでください。', 0],
])('the test for secrets knows bad advice: %s', (sentence, count) => {
  expect(adviceOnSecrets(sentence)).toHaveLength(count)
})

test('the test for placeholders sees nested ones, and the branches of a select', () => {
  expect(placeholdersOf('{a} {kind, select, x {{b}} other {{n, plural, one {{c}} other {#}}}}', 'en')).toEqual([
    'a',
    'b',
    'c',
    'kind',
    'kind: other',
    'kind: x',
    'n',
  ])
})

describe('links', () => {
  test.each(Object.entries(links))('%s lead to an official host, in each language', (_, pages) => {
    for (const page of Object.values(pages)) {
      const { protocol, host, username, search, hash } = new URL(page)
      expect(protocol).toBe('https:')
      expect(linkHosts).toContain(host)
      expect(username + search + hash).toBe('')
    }
    expect(new URL(pages.ja).pathname).toMatch(/^\/ja(\/|$)/)
    expect(new URL(pages.en).pathname).not.toMatch(/^\/ja(\/|$)/)
  })

  test("the official hosts are the wallet maker's own", () => {
    expect(linkHosts).toEqual(['support.metamask.io', 'metamask.io', 'community.metamask.io'])
  })
})
