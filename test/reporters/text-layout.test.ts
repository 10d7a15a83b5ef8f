import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lines, paintFor, textWidth } from '../../src/reporters/text-layout.ts'

const plain = paintFor(false)
const wrap = (text: string, width: number) => lines(text, { paint: plain, width })

describe('textWidth', () => {
  test.each([
    ['Latin letters', 'gas fee', 7],
    ['kanji and kana', '使用許可です', 12],
    ['full-width brackets', '(一)', 4],
    ['full-width signs', '：）', 4],
    ['half-width katakana', 'ｶﾞｽ', 3],
    ['a letter with a combining mark', 'e\u0301', 1],
    ['an emoji', '⚡', 2],
    ['Hangul', '한글', 4],
    ['nothing', '', 0],
  ])('%s', (_, text, columns) => {
    expect(textWidth(text)).toBe(columns)
  })
})

describe('lines', () => {
  test('a text as wide as the line stays on it', () => {
    expect(wrap('four five', 9)).toEqual(['four five'])
  })

  test('a text one column wider goes on in the next line', () => {
    expect(wrap('four five', 8)).toEqual(['four', 'five'])
  })

  test('an address stays whole, whatever the width', () => {
    const address = `0x${'ab'.repeat(20)}`
    expect(wrap(`to ${address} now`, 20)).toEqual(['to', address, 'now'])
  })

  test('Japanese breaks between characters, by columns', () => {
    expect(wrap('あいうえお', 6)).toEqual(['あいう', 'えお'])
    expect(wrap('あいうえお', 7)).toEqual(['あいう', 'えお'])
  })

  test('no line begins with a full stop, and none ends with an opening bracket', () => {
    expect(wrap('あいう。え', 6)).toEqual(['あい', 'う。え'])
    expect(wrap('あい「うえ', 6)).toEqual(['あい', '「うえ'])
  })

  test('the last line is not one lost character', () => {
    expect(wrap('あいうえおかき', 12)).toEqual(['あいうえお', 'かき'])
    expect(wrap('あいうえおかき。', 12)).toEqual(['あいうえお', 'かき。'])
    expect(wrap('あいうえおかきく', 12)).toEqual(['あいうえおか', 'きく'])
    expect(wrap('one two three a', 13)).toEqual(['one two three', 'a'])
  })

  test('words of katakana and of kanji stay together', () => {
    expect(wrap('このノード', 6)).toEqual(['この', 'ノード'])
    expect(wrap('すぐ使用許可', 10)).toEqual(['すぐ', '使用許可'])
  })

  test('an endless run of kanji is broken all the same', () => {
    expect(wrap('漢'.repeat(30), 40)).toEqual(['漢'.repeat(20), '漢'.repeat(10)])
  })

  test('following lines of an item are indented as far as its text', () => {
    expect(lines('one two three', { paint: plain, width: 12, indent: 2, marker: '1) ' })).toEqual([
      '  1) one two',
      '     three',
    ])
  })

  test('colours go around the words of each line, not around the indent', () => {
    expect(lines('one two', { paint: paintFor(true), width: 6, indent: 2, tone: 'bold' })).toEqual([
      '  \u001b[1mone\u001b[22m',
      '  \u001b[1mtwo\u001b[22m',
    ])
  })

  test('a line break in the text does not break the line', () => {
    expect(wrap('a\nb', 20)).toEqual(['a\\u{a}b'])
  })

  test('wrapping loses nothing but spaces', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zあ-ん漢ー。「 ]*$/), fc.integer({ min: 10, max: 60 }), (text, width) => {
        expect(wrap(text, width).join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''))
      }),
    )
  })

  test('only a word that may not be broken is wider than the line', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zあ-ん ]*$/), fc.integer({ min: 10, max: 60 }), (text, width) => {
        for (const line of wrap(text, width)) {
          if (textWidth(line) > width) expect(line).toMatch(/^.?[a-z]+.?$|[ぁぃぅぇぉっゃゅょ]/)
        }
      }),
    )
  })
})
