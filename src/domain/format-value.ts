/** How a typed cell reads in a sentence, before the output's own escaping. */
import { formatUnits } from 'viem/utils'
import type { Locale } from '../core/text.ts'
import type { Value } from '../core/value.ts'
import { chainLabel } from './chain-label.ts'
import { harmlessText, visibleText } from './visible-text.ts'

/** Text for one cell. Counts and ratios stay numbers, so that a message can choose a plural by them. */
export function formatValue(value: Value, locale: Locale): string | number {
  switch (value.type) {
    case 'count':
      return value.value
    case 'ratio':
      return Math.round(value.value * 100) / 100
    case 'native':
      return `${readable(formatUnits(BigInt(value.value), value.decimals))} ${visibleText(value.symbol)}`
    case 'gas-price':
      // Exact: a fee that is one wei short is refused.
      return `${formatUnits(BigInt(value.value), 9)} gwei`
    case 'token-amount':
      return formatTokenAmount(value, locale)
    case 'seconds':
      return formatDuration(value.value, locale)
    case 'time':
      return formatTime(value.value, locale)
    case 'untrusted-text':
      return visibleText(value.value)
    case 'address':
    case 'block':
    case 'bytes':
    case 'hash':
    case 'keyword':
      return value.value
    case 'text':
      // Ours when it was made, but a saved file may say anything.
      return harmlessText(chainLabel(value.value, locale))
    case 'nonce':
      return String(value.value)
    default:
      return value satisfies never
  }
}

/** Whether a reader sees the same number for both: amounts are cut to a few decimals. */
export function isShownAlike(one: Value, other: Value): boolean {
  return formatValue(one, 'en') === formatValue(other, 'en')
}

/** The wallet imports no token with more; such a contract's decimals say nothing to a person. */
const maximumDecimals = 36

function formatTokenAmount(value: Extract<Value, { type: 'token-amount' }>, locale: Locale): string {
  const symbol = value.symbol === null ? '' : ` ${visibleText(value.symbol)}`
  if (value.decimals !== null && value.decimals <= maximumDecimals) {
    return `${readable(formatUnits(BigInt(value.value), value.decimals))}${symbol}`
  }
  return locale === 'ja' ? `${value.value}(最小単位)${symbol}` : `${value.value} smallest units${symbol}`
}

/** Cut (never rounded up) to six decimals, or to four digits that count when the number is smaller than that. */
function readable(decimal: string): string {
  const [whole = '0', fraction = ''] = decimal.split('.')
  const firstDigit = fraction.search(/[1-9]/)
  const isBelowOne = whole === '0' || whole === '-0'
  const kept = Math.max(6, isBelowOne && firstDigit >= 0 ? firstDigit + 4 : 0)
  const cut = fraction.slice(0, kept).replace(/0+$/, '')
  return cut === '' ? whole : `${whole}.${cut}`
}

/** The first second of the year 10000. Contracts write far later times for "never ends". */
export const year10000 = 253_402_300_800

function formatTime(unixSeconds: number, locale: Locale): string {
  if (unixSeconds >= year10000) return locale === 'ja' ? '9999年より後' : 'after the year 9999'
  return `${new Date(unixSeconds * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

const units = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const

/** The largest unit that counts at least two, rounded: 90 seconds, 3 minutes, 47 hours, 12 days. */
export function formatDuration(seconds: number, locale: Locale): string {
  const [unit, size] = units.find(([, size]) => Math.abs(seconds) >= 2 * size) ?? (['second', 1] as const)
  const format = new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' })
  const written = format.format(Math.round(seconds / size))
  // Japanese puts no space between a number and its unit.
  return locale === 'ja' ? written.replace(/\s/g, '') : written
}
