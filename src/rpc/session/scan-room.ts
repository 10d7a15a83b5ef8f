/**
 * Where accounts wait for each other, so that one scan reads the logs of all of them. Who misses other blocks, or asks for other
 * events, is read apart: nobody reads again what is there.
 */
import type { BlockRange } from '../../core/facts.ts'
import type { DoubtedBlocks, EndpointLimits, LogChunk, LogFilter, LogGap } from '../../core/log-scan.ts'
import type { LogQuestion, LogSource } from '../../core/log-source.ts'
import type { RpcClient } from '../../core/rpc.ts'
import { scanLogs } from '../log-scan/scan.ts'
import type { LogScanObserver, LogScanRequest } from '../log-scan/state.ts'
import { memberOf } from './members.ts'
import { type Asked, nothingLearned, scanGroup } from './scan-group.ts'

/** Who reads logs for all of them: the endpoint itself, or a source in its place. */
export type LogScanner = {
  /** The endpoint's when absent. */
  readonly host?: string
  /** How many accounts it is asked about at once. */
  readonly mostAccounts: number
  readonly scan: (rpc: RpcClient, request: LogScanRequest, observe: LogScanObserver) => Promise<ScanResult>
}
export type ScanResult = { readonly gaps: readonly LogGap[]; readonly limits: EndpointLimits }

/** Where the logs of an account go. */
export type LogKeeper = {
  /** Keeps of a chunk what later runs may use, for all its accounts at once; returns what is for this run only, or null. */
  readonly settle: (chunk: LogChunk) => Promise<LogChunk | null>
  /** These blocks were settled for this account, perhaps by another one. */
  readonly onSettled: (filter: LogFilter, range: BlockRange) => void
  /** Takes back from later runs what was settled of these blocks, for all the accounts at once. */
  readonly takeBack: (blocks: DoubtedBlocks) => Promise<void>
  /** These blocks were taken back for this account, perhaps by another one. */
  readonly onTakenBack: (filter: LogFilter, range: BlockRange) => void
  /** Takes back what was settled of the gaps that are left at the end of the scan, for this account. */
  readonly forget: (gaps: readonly LogGap[]) => Promise<void>
  /** Who has the same place settles for each other. */
  readonly place: object
  /** Keeps logs of this account for this run. */
  readonly hold: (chunk: LogChunk) => void
  readonly onRead: (filter: LogFilter, range: BlockRange) => void
}
export type MemberObserver = LogKeeper &
  Pick<LogScanObserver, 'onProgress' | 'onEstimate' | 'longestSeconds' | 'signal'>

export type ScanRoom = {
  /** This account may come: scans wait for it until it does, or leaves. */
  readonly expect: (token: object) => void
  readonly leave: (token: object) => void
  readonly enter: (token: object, asked: Omit<Asked, 'settle' | 'fail'>) => Promise<ScanResult>
}

/** Those who come when nobody is expected any more get so long to find each other. */
const gatheringMs = 10

export function createScanRoom(): ScanRoom {
  const expected = new Set<object>()
  let waiting: Asked[] = []
  let isBeginning = false
  const begin = () => {
    isBeginning = false
    const asked = waiting
    waiting = []
    for (const group of groupAlike(asked)) void scanGroup(group)
  }
  const beginWhenAllAreThere = () => {
    if (isBeginning || expected.size > 0 || waiting.length === 0) return
    isBeginning = true
    setTimeout(begin, gatheringMs)
  }
  const leave = (token: object) => {
    expected.delete(token)
    beginWhenAllAreThere()
  }
  return {
    expect: (token) => void expected.add(token),
    leave,
    enter: (token, asked) =>
      new Promise((settle, fail) => {
        waiting.push({ ...asked, settle, fail })
        leave(token)
      }),
  }
}

/** Reads the logs of one account: with those of others where it is one of several, else alone. See `scanLogs`. */
export function scanTogether(rpc: RpcClient, request: LogScanRequest, observe: MemberObserver): Promise<ScanResult> {
  return scanBy(rpc, { scanner: endpointScanner, request, observe })
}

const endpointScanner: LogScanner = { mostAccounts: Number.POSITIVE_INFINITY, scan: scanLogs }

type Question = Pick<Asked, 'request' | 'observe'> & Pick<LogQuestion, 'chainId'>

/** As `scanTogether`, at a source in place of the endpoint, for as many at once as it takes. */
export function discoverTogether(
  rpc: RpcClient,
  source: LogSource,
  { chainId, ...asked }: Question,
): Promise<ScanResult> {
  const { host, mostAccounts = 1 } = source
  const scan: LogScanner['scan'] = async (root, request, observe) => {
    const gaps = await source.discover({ ...request, chainId, rpc: root }, observe)
    return { gaps, limits: nothingLearned }
  }
  return scanBy(rpc, { ...asked, scanner: { host, mostAccounts, scan } })
}

async function scanBy(rpc: RpcClient, asked: Pick<Asked, 'scanner' | 'request' | 'observe'>): Promise<ScanResult> {
  const member = memberOf(rpc)
  if (member !== null) return member.scans.enter(member.token, { rpc: member.root, ...asked })
  const { scanner, request, observe } = asked
  const { settle, onSettled, takeBack, onTakenBack, hold, onRead } = observe
  const { gaps, limits } = await scanner.scan(rpc, request, {
    ...observe,
    onChunk: async (chunk) => {
      const rest = await settle(chunk)
      onSettled(chunk.filter, chunk.range)
      if (rest !== null) hold(rest)
      onRead(chunk.filter, chunk.range)
    },
    onDoubt: async (blocks) => {
      await takeBack(blocks)
      onTakenBack(blocks.filter, blocks.range)
    },
  })
  await observe.forget(gaps)
  return { gaps, limits }
}

function groupAlike(asked: readonly Asked[]): readonly (readonly [Asked, ...Asked[]])[] {
  const groups: [Asked, ...Asked[]][] = []
  for (const one of asked) {
    const group = groups.find((some) => some.length < one.scanner.mostAccounts && isAlike(some[0], one))
    if (group === undefined) groups.push([one])
    else group.push(one)
  }
  return groups
}

function isAlike(one: Asked, other: Asked): boolean {
  return (
    one.observe.place === other.observe.place &&
    one.observe.longestSeconds === other.observe.longestSeconds &&
    textOf(one.request) === textOf(other.request)
  )
}

function textOf({ filters, ranges, pinned }: LogScanRequest): string {
  const asked = filters.map((filter) => [filter.name, ...ranges(filter).map(rangeText)])
  return JSON.stringify([asked, pinned.hash])
}

function rangeText({ fromBlock, toBlock }: BlockRange): string {
  return `${fromBlock}-${toBlock}`
}
