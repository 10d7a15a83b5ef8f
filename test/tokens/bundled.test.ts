import { getAddress } from 'viem/utils'
import { expect, test } from 'vitest'
import { bundledTokens } from '../../src/tokens/bundled.ts'
import { tokensByChain } from '../../src/tokens/bundled-data.ts'

const tether = '0xdAC17F958D2ee523a2206206994597C13D831ec7'

test('every line is an address and the letters of its lists, once per chain', () => {
  for (const block of Object.values(tokensByChain)) {
    const lines = block.trim().split('\n')
    expect(lines.filter((line) => !/^0x[0-9a-f]{40} a?m?s?$/.test(line) || line.endsWith(' '))).toEqual([])
    expect(new Set(lines.map((line) => line.slice(0, 42))).size).toBe(lines.length)
  }
})

test('a token on several lists carries all their names', () => {
  expect(bundledTokens(1).tokens.get(tether)).toEqual([
    'Aave token list',
    'MetaMask contract metadata',
    'Superchain token list',
  ])
})

test('a token is listed on its own chain only', () => {
  const onBase = getAddress('0x833589fcd6edb6e08f4c7c32d4f71b54bda02913')
  expect(bundledTokens(8453).tokens.has(onBase)).toBe(true)
  expect(bundledTokens(1).tokens.has(onBase)).toBe(false)
})

test('lists are counted per chain and dated', () => {
  const { lists, tokens } = bundledTokens(1)
  expect(tokens.size).toBeGreaterThan(1000)
  expect(lists.map(({ name }) => name)).toEqual([
    'Aave token list',
    'MetaMask contract metadata',
    'Superchain token list',
  ])
  for (const list of lists) {
    expect(list.date).toMatch(/^\d{4}-\d\d-\d\d$/)
    expect(list.entries).toBeGreaterThan(200)
  }
})

test('a chain without listed tokens has the lists with none', () => {
  const { lists, tokens } = bundledTokens(31337)
  expect(tokens.size).toBe(0)
  expect(lists.map(({ entries }) => entries)).toEqual([0, 0, 0])
})
