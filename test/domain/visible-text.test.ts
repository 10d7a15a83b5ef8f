import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { harmlessText, visibleText } from '../../src/domain/visible-text.ts'

const forbidden = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/u
/** Any string that a contract may return, lone surrogates included. */
const hostileText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.stringMatching(/^[\ud800-\udfffp{M} ]*$/),
)

describe('visibleText', () => {
  test.each([
    ['a plain symbol', 'USDC', 'USDC'],
    ['a bridged symbol with a one-letter suffix', 'USDC.e', 'USDC.e'],
    ['Japanese words', 'テスト円', 'テスト円'],
    ['an emoji', '⚡', '⚡'],
    ['a letter with its accent', 'e\u0301', 'e\u0301'],
    ['a terminal colour', '\u001b[31mred\u001b[0m', '\\u{1b}[31mred\\u{1b}[0m'],
    ['a terminal link', '\u001b]8;;x\u0007click', '\\u{1b}]8;;x\\u{7}click'],
    ['an eight-bit control sequence', '\u009b31m', '\\u{9b}31m'],
    ['a line break, a return and a tab', 'a\nb\rc\td', 'a\\u{a}b\\u{d}c\\u{9}d'],
    ['a backspace', 'ab\bc', 'ab\\u{8}c'],
    ['a right-to-left override', 'a\u202ecba', 'a\\u{202e}cba'],
    ['a zero-width space', 'US\u200bDC', 'US\\u{200b}DC'],
    ['a combining grapheme joiner', 'US\u034fDC', 'US\\u{34f}DC'],
    ['a Hangul filler', '\u3164', '\\u{3164}'],
    ['a tag character', '\u{e0041}', '\\u{e0041}'],
    ['a paragraph separator', 'a\u2029b', 'a\\u{2029}b'],
    ['a lone surrogate', '\ud800x', '\\u{d800}x'],
    ['a no-break space', 'a\u00a0b', 'a\\u{a0}b'],
    ['nothing but spaces', '   ', '\\u{20}\\u{20}\\u{20}'],
    ['words pushed away by spaces', 'USDC   (verified)', 'USDC \\u{20}\\u{20}(verified)'],
    ['a pile of accents', `e${'\u0301'.repeat(9)}`, 'e\u0301\u0301'],
    ['a link', 'https://claim.xyz/a', 'https[://]claim[.]xyz/a'],
    ['a bare host', 'Visit claim-usdc.xyz', 'Visit claim-usdc[.]xyz'],
    ['a host whose label ends in a vowel sign', 'हिन्दी.com', 'हिन्दी[.]com'],
    ['a host of emoji', '💸.fun', '💸[.]fun'],
    ['a host with a full-width dot', 'claim．xyz', 'claim[．]xyz'],
    ['message syntax', "{token} # <b>'{'", "{token} # <b>'{'"],
  ])('%s', (_, untrusted, shown) => {
    expect(visibleText(untrusted)).toBe(shown)
  })

  test('64 characters stay as they are', () => {
    expect(visibleText('x'.repeat(64))).toBe('x'.repeat(64))
  })

  test('a 65th character is cut, and the cut is shown', () => {
    expect(visibleText('x'.repeat(65))).toBe(`${'x'.repeat(64)}…`)
  })

  test('ten thousand characters are cut, also when they shrink', () => {
    expect(visibleText('x'.repeat(10_000))).toBe(`${'x'.repeat(64)}…`)
    expect(visibleText(`e${'\u0301'.repeat(10_000)}`)).toBe('e\u0301\u0301…')
  })

  test('an escape is never cut in half', () => {
    expect(visibleText('\u202e'.repeat(40))).toBe(`${'\\u{202e}'.repeat(8)}…`)
    expect(visibleText(`${'x'.repeat(60)}\u202e`)).toBe(`${'x'.repeat(60)}…`)
  })

  test('a caller may allow more', () => {
    expect(visibleText('9'.repeat(78), 80)).toBe('9'.repeat(78))
  })

  test('nothing invisible comes through, in at most 64 characters plus the brackets of links', () => {
    fc.assert(
      fc.property(hostileText, (untrusted) => {
        const shown = visibleText(untrusted)
        expect(shown).not.toMatch(forbidden)
        expect([...shown.replaceAll(/[[\]]/g, '')].length).toBeLessThanOrEqual(65)
      }),
    )
  })

  test('text that was made visible stays as it is', () => {
    fc.assert(
      fc.property(hostileText, (untrusted) => {
        expect(harmlessText(visibleText(untrusted))).toBe(visibleText(untrusted))
      }),
    )
  })
})

describe('harmlessText', () => {
  test('keeps length and links, shows what is invisible', () => {
    const long = `${'word '.repeat(100)}https://support.metamask.io`
    expect(harmlessText(`${long}\u001b[0m\n`)).toBe(`${long}\\u{1b}[0m\\u{a}`)
  })
})

describe('harmlessText', () => {
  test('keeps links, which are the caller’s own', () => {
    expect(harmlessText('demo-threats.txt \u001b[2J')).toBe('demo-threats.txt \\u{1b}[2J')
  })

  test.each([
    ['as long as allowed', 'A'.repeat(10), 'A'.repeat(10)],
    ['one longer', 'A'.repeat(11), `${'A'.repeat(10)}…`],
    ['megabytes', 'A'.repeat(2_000_000), `${'A'.repeat(10)}…`],
    ['ending in an escape that does not fit', `${'A'.repeat(9)}\u202e`, `${'A'.repeat(9)}…`],
  ])('is cut when asked for: %s', (_, text, shown) => {
    expect(harmlessText(text, 10)).toBe(shown)
  })
})

test.each([
  ['a command', '::error::x', ':\\u{3a}error::x'],
  ['a command after something', 'a ::stop-commands::x', 'a :\\u{3a}stop-commands::x'],
  ['a command in capitals', '::ADD-MASK::x', ':\\u{3a}ADD-MASK::x'],
  ['a command of the old kind', 'a ##[error]x', 'a #\\u{23}[error]x'],
  ['a command behind something invisible', '\u200b::error::x', '\\u{200b}:\\u{3a}error::x'],
  ['an address of IPv6', '[::1]:8545 fe80::a', '[::1]:8545 fe80::a'],
  ['a name with colons', 'std::string', 'std::string'],
  ['a heading', '## [a]', '## [a]'],
])('%s of a pipeline is none any more, and what is none stays', (_, text, shown) => {
  expect(harmlessText(text)).toBe(shown)
  expect(harmlessText(shown)).toBe(shown)
})

test('what is passed over as harmless is: nothing invisible, no mark and no odd space is among it', () => {
  const odd = /[\p{M}\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]|(?![ \u3000])\p{Zs}/u
  const kept = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code)).filter(
    (character) => harmlessText(character) === character && odd.test(character),
  )
  // A mark alone is no pile.
  expect(kept.filter((character) => !/\p{M}/u.test(character))).toEqual([])
  const piled = kept.filter((mark) => harmlessText(`a${mark.repeat(3)}`) !== `a${mark.repeat(2)}`)
  expect(piled).toEqual([])
  expect(kept.length).toBeGreaterThan(500)
})
