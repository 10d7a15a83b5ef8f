import { describe, expect, test } from 'vitest'
import { value } from '../../src/core/value.ts'
import { chainLabel } from '../../src/domain/chain-label.ts'
import { formatMessage } from '../../src/domain/format-message.ts'

test.each([
  ['development chain', 'development chain', '開発用チェーン'],
  ['chain 777', 'chain 777', 'チェーン 777'],
  ['Ethereum', 'Ethereum', 'Ethereum'],
  ['My chain 777', 'My chain 777', 'My chain 777'],
])('the name %j is %j in English and %j in Japanese', (name, en, ja) => {
  expect(chainLabel(name, 'en')).toBe(en)
  expect(chainLabel(name, 'ja')).toBe(ja)
})

describe('a sentence about a chain', () => {
  const say = (message: string, locale: 'en' | 'ja', name: string, id: string) =>
    formatMessage(message, { name: value.text(name), id: value.text(id) }, locale)

  test.each([
    ['{name} (chain ID {id}) was asked for.', 'Base', '8453', 'Base (chain ID 8453) was asked for.'],
    ['{name} (chain ID {id}) was asked for.', 'chain 99', '99', 'chain 99 was asked for.'],
    ['It has chain ID {id} ({name}).', 'chain 99', '99', 'It has chain ID 99.'],
    ['It has chain ID {id} ({name}).', 'development chain', '31337', 'It has chain ID 31337 (development chain).'],
    ['{name} (chain ID {id})', 'chain 99', '999', 'chain 99 (chain ID 999)'],
  ])('%s of %s', (message, name, id, sentence) => {
    expect(say(message, 'en', name, id)).toBe(sentence)
  })

  test.each([
    ['だけは、{name} のこのアカウントです。', 'Base', '8453', 'だけは、Base のこのアカウントです。'],
    [
      'だけは、{name} のこのアカウントです。',
      'development chain',
      '31337',
      'だけは、開発用チェーンのこのアカウントです。',
    ],
    ['これは {name} のものです。', 'chain 99', '99', 'これはチェーン 99 のものです。'],
    ['{name}(チェーンID {id})です。', 'chain 99', '99', 'チェーン 99です。'],
    ['チェーンID {id}({name})です。', 'chain 99', '99', 'チェーンID 99です。'],
    ['{name}(チェーンID {id})です。', 'development chain', '31337', '開発用チェーン(チェーンID 31337)です。'],
  ])('%s, in Japanese, of %s', (message, name, id, sentence) => {
    expect(say(message, 'ja', name, id)).toBe(sentence)
  })
})
