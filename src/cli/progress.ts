/** One line on a terminal's standard error for somebody who waits. Gone when the work is done. */
import type { Progress } from '../core/collector.ts'
import type { Locale } from '../core/text.ts'
import { factName } from '../words/index.ts'
import type { CliWords } from './words/index.ts'

/** The part of a terminal's stream that is used. */
export type ProgressStream = {
  readonly isTTY?: boolean
  readonly columns?: number
  readonly write: (text: string) => unknown
}

export type ProgressLine = { readonly onProgress: (progress: Progress) => void; readonly stop: () => void }

type Language = { readonly locale: Locale; readonly words: CliWords }
type Setting = Language & { readonly stream: ProgressStream; readonly now?: () => number }

/** Work that is done sooner needs no line. */
const silentMs = 1000
const intervalMs = 250
const clearLine = '\r\u001b[2K'

/** Writes nothing unless the stream is a terminal. Call `stop` in every case: it clears the line. */
export function startProgress({ stream, locale, words, now = Date.now }: Setting): ProgressLine {
  if (stream.isTTY !== true) return { onProgress: () => {}, stop: () => {} }
  let newest: Progress | null = null
  let scanStartedMs = now()
  let isShown = false
  const startedMs = now()
  const timer = setInterval(() => {
    if (newest === null || now() - startedMs < silentMs) return
    isShown = true
    const line = progressLine(newest, { locale, words, elapsedMs: now() - scanStartedMs })
    stream.write(`${clearLine}${cut(line, (stream.columns || 80) - 1)}`)
  }, intervalMs)
  timer.unref()
  return {
    onProgress: (progress) => {
      if (progress.blocks !== undefined && newest?.blocks === undefined) scanStartedMs = now()
      // What has no blocks to count says less than a scan that is still running.
      const isScanRunning = newest?.blocks !== undefined && newest.blocks.read < newest.blocks.total
      newest =
        progress.blocks === undefined && isScanRunning && newest !== null
          ? { ...newest, requests: progress.requests }
          : progress
    },
    stop: () => {
      clearInterval(timer)
      if (isShown) stream.write(clearLine)
    },
  }
}

/** @param elapsedMs since the scan of blocks began */
export function progressLine(
  { phase, blocks, estimate, requests }: Progress,
  { locale, words: { progress: words }, elapsedMs }: Language & { readonly elapsedMs: number },
): string {
  const parts = [factName(phase, locale)]
  if (blocks !== undefined && blocks.total > 0n) {
    const share = Number((blocks.read * 1000n) / blocks.total) / 1000
    parts.push(words.blocks(Math.floor(share * 100), blocks.total.toLocaleString('en-US')))
    const secondsLeft = share > 0 ? (elapsedMs / 1000) * (1 / share - 1) : null
    // The first hundredth says little about the rest: until then the endpoint's limits say more.
    const seconds = share >= 0.01 ? secondsLeft : (estimate?.seconds ?? null)
    if (seconds !== null && share < 1) parts.push(words.left(Math.max(1, Math.round(seconds))))
  }
  parts.push(
    estimate === undefined ? words.requests(requests) : words.requestsOf(requests, requests + estimate.requests),
  )
  return parts.join(' · ')
}

/** Japanese letters take two columns: a line that wraps could not be cleared. */
function cut(line: string, columns: number): string {
  let width = 0
  let kept = ''
  for (const letter of line) {
    width += letter > '\u1100' ? 2 : 1
    if (width > columns) return kept
    kept += letter
  }
  return kept
}
