/** One finding for a person: what it is, what to do, the values to do it with, and how we know. */

import { formatUnits } from 'viem/utils'
import type { Evidence, Severity, UnsignedCall } from '../core/finding.ts'
import { linkHosts } from '../core/links.ts'
import type { ReportFinding } from '../core/report.ts'
import { value } from '../core/value.ts'
import { chainName } from '../domain/chains.ts'
import { formatValue } from '../domain/format-value.ts'
import { visibleText } from '../domain/visible-text.ts'
import { errorSentence } from '../words/index.ts'
import { columns } from './columns.ts'
import type { Page } from './page.ts'
import { markedTitle } from './table-comparison.ts'
import { evidenceSentence, longestEvidence } from './table-evidence.ts'
import type { Tone } from './text-layout.ts'

export const severityTones = {
  critical: 'alarm',
  high: 'red',
  medium: 'yellow',
  low: 'cyan',
  info: 'dim',
} as const satisfies Record<Severity, Tone>

/** A page whose text stands under a finding's title. */
type Inset = Page & { readonly indent: number }

export function findingLines(finding: ReportFinding, number: number, outer: Page): readonly string[] {
  const marker = `${number}. `
  const indent = marker.length
  const page: Inset = { ...outer, indent }
  const { words, say } = page
  const isDisputed = finding.disputed !== undefined
  const identity = say(isDisputed ? words.finding.disputedIdentity : words.finding.identity, {
    rule: value.text(finding.ruleId),
    confidence: value.text(words.confidences[finding.confidence]),
  })
  return [
    '',
    ...page.lines(markedTitle(finding, page), { marker, tone: 'bold' }),
    ...page.lines(identity, { indent, tone: 'dim' }),
    ...page.lines(finding.message, { indent }),
    ...disputeLines(finding, page),
    ...page.lines(finding.why, { indent }),
    ...stepLines(finding.steps, page),
    ...remedyLines(finding.remedy ?? [], page),
    ...evidenceLines(finding.evidence, page),
    ...linkLines(finding.links, page),
  ]
}

/** Both answers of every read that a second reading answered otherwise. */
export function disputedAnswers({ disputed = [], evidence }: ReportFinding, page: Page): readonly string[] {
  const { words, say } = page
  const again = evidence.find((item) => item.kind === 'second-reading')
  return disputed.flatMap(({ evidence: place, second }) => {
    const read = evidence[place]
    if (read === undefined) return []
    return say(words.disputed.answers, {
      read: value.text(evidenceSentence(read, page)),
      host: value.text(again?.kind === 'second-reading' ? again.host : ''),
      second: value.text(
        second.kind === 'value' ? visibleText(second.value, longestEvidence) : words.disputed.kinds[second.kind],
      ),
    })
  })
}

function disputeLines(finding: ReportFinding, page: Inset): readonly string[] {
  const { words, indent } = page
  const answers = disputedAnswers(finding, page)
  if (answers.length === 0) return []
  return [
    ...subheading(words.disputed.heading, page),
    ...page.lines(words.disputed.intro, { indent, tone: 'yellow' }),
    ...answers.flatMap((answer) => page.lines(answer, { indent, marker: '- ' })),
    '',
  ]
}

function stepLines(steps: readonly string[], page: Inset): readonly string[] {
  if (steps.length === 0) return []
  return [
    ...subheading(page.words.finding.steps, page),
    ...steps.flatMap((step, index) => page.lines(step, { indent: page.indent, marker: `${index + 1}) ` })),
  ]
}

function remedyLines(calls: readonly UnsignedCall[], page: Inset): readonly string[] {
  if (calls.length === 0) return []
  return [
    ...calls.flatMap((call, index) => [
      ...subheading(remedyTitle(calls, index, page), page),
      ...columns(callRows(call, page), { paint: page.paint, indent: page.indent }),
      ...simulationLines(call, page),
    ]),
    ...(calls.every(isFutile) ? [] : page.lines(page.words.finding.remedyCheck, { indent: page.indent, tone: 'dim' })),
  ]
}

/** Was seen to fail or to change nothing: nobody should come to confirm it. */
export function isFutile({ simulation }: UnsignedCall): boolean {
  return simulation?.status === 'reverts' || simulation?.status === 'no-effect'
}

/** A reason of the contract is hostile, and may be long. */
const longestReason = 120

/** What became of trying the call. */
function simulationLines(call: UnsignedCall, page: Inset): readonly string[] {
  const sentence = simulationSentence(call, page)
  if (sentence === null) return []
  return page.lines(sentence, { indent: page.indent, tone: call.simulation?.status === 'succeeds' ? 'dim' : 'yellow' })
}

/** null where nobody tried it. */
export function simulationSentence({ simulation }: UnsignedCall, { words, say, locale }: Page): string | null {
  if (simulation === undefined) return null
  const { status, block } = simulation
  const { simulations } = words.finding
  const sentence = (message: string, reason = '') =>
    say(message, {
      block: value.block(BigInt(block)),
      gas: value.count(Number(('gasUsed' in simulation && simulation.gasUsed) || 0)),
      reason: value.text(reason),
    })
  if (status === 'unknown') return sentence(simulations.unknown, errorSentence(simulation.error, locale))
  if (status === 'succeeds') return sentence(simulation.isConfirmed ? simulations.confirmed : simulations.succeeds)
  if (status === 'no-effect') return sentence(simulations['no-effect'])
  const { reason } = simulation
  return reason === undefined
    ? sentence(simulations.reverts)
    : sentence(simulations.told, visibleText(reason, longestReason))
}

export function remedyTitle(calls: readonly UnsignedCall[], index: number, { words, say }: Page): string {
  const purpose = value.text(words.finding.purposes[calls[index]?.purpose ?? 'none'])
  if (calls.length === 1) return say(words.finding.remedy, { purpose })
  // A nonce is used once, so calls with the same one replace each other.
  const isChoice = calls.every(({ nonce }) => nonce !== undefined && nonce === calls[0]?.nonce)
  return say(isChoice ? words.finding.remedyChoice : words.finding.remedyCount, {
    purpose,
    number: value.count(index + 1),
    total: value.count(calls.length),
  })
}

/** Fees read in gwei, as wallets ask for them, to the last wei. */
export function callRows(call: UnsignedCall, { words, locale }: Page): readonly (readonly [string, string])[] {
  const gwei = (wei: string | undefined) =>
    wei === undefined ? undefined : String(formatValue(value.gasPrice(BigInt(wei)), locale))
  const rows = [
    [words.remedy.chainId, String(call.chainId)],
    [words.remedy.to, call.to],
    [words.remedy.value, coinAmount(call)],
    [words.remedy.nonce, call.nonce?.toString()],
    [words.remedy.gasLimit, call.gasLimit],
    [words.remedy.maxFeePerGas, gwei(call.maxFeePerGas)],
    [words.remedy.maxPriorityFeePerGas, gwei(call.maxPriorityFeePerGas)],
    [words.remedy.gasPrice, gwei(call.gasPrice)],
    [words.remedy.maxFeePerBlobGas, gwei(call.maxFeePerBlobGas)],
    [words.remedy.blobVersionedHashes, call.blobVersionedHashes?.join(' ')],
    [words.remedy.accessList, call.accessList && JSON.stringify(call.accessList)],
    [words.remedy.data, call.data],
  ] as const
  return rows.flatMap(([name, text]) => (text === undefined ? [] : [[name, text] as const]))
}

/** The whole amount, not cut as in sentences: it is copied into a wallet. */
function coinAmount({ chainId, value: wei }: UnsignedCall): string {
  const { coin } = chainName(chainId)
  return `${formatUnits(BigInt(wei), coin.decimals)} ${coin.symbol}`
}

function evidenceLines(evidence: readonly Evidence[], page: Inset): readonly string[] {
  return [
    ...subheading(page.words.finding.evidence, page),
    ...evidence.flatMap((item) => page.lines(evidenceSentence(item, page), { indent: page.indent, marker: '- ' })),
  ]
}

/** A report file may come from anywhere: only the pages that this program itself links to are shown as links. */
function officialLinks(links: readonly string[]): readonly string[] {
  return links.filter((link) => URL.canParse(link) && isOfficial(new URL(link))).map((link) => new URL(link).href)
}

function linkLines(links: readonly string[], page: Inset): readonly string[] {
  const known = officialLinks(links)
  if (known.length === 0) return []
  return [
    ...subheading(page.words.finding.links, page),
    ...known.flatMap((link) => page.lines(link, { indent: page.indent, marker: '- ' })),
  ]
}

function isOfficial({ protocol, host }: URL): boolean {
  return protocol === 'https:' && linkHosts.some((official) => official === host)
}

function subheading(text: string, page: Inset): readonly string[] {
  return ['', ...page.lines(text, { indent: page.indent, tone: 'bold' })]
}
