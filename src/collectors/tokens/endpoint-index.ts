/** Some endpoints keep an index of who holds what, and offer it by a method of their own. It only says where to look. */
import type { Address } from 'viem'
import type { LogFacts } from '../../core/facts.ts'
import type { RpcClient } from '../../core/rpc.ts'
import { address, bytes, fields, list } from '../../domain/rpc-reply.ts'
import { attempt } from '../attempt.ts'

const method = 'alchemy_getTokenBalances'
/** The index gives 100 a page. An account with more than this has mostly what it never asked for. */
const maximumTokens = 5_000
const withoutIndex = new WeakSet<RpcClient>()

/** Whether tokens may have reached the account that the log scan did not see. */
export function leavesTokensToFind({ coverage, missing }: LogFacts): boolean {
  return coverage.fromBlock > 0n || coverage.gaps.length > 0 || missing.length > 0
}

/**
 * Contracts that the endpoint's index gives a balance for, at some recent block. An endpoint that refused is not asked
 * again. A failure takes nothing away: what the scan did not see is missing in any case.
 */
export async function tokensInEndpointIndex(rpc: RpcClient, owner: Address): Promise<readonly Address[]> {
  const found: Address[] = []
  let pageKey: string | null = null
  while (found.length < maximumTokens && !withoutIndex.has(rpc)) {
    const params: readonly unknown[] = pageKey === null ? [owner, 'erc20'] : [owner, 'erc20', { pageKey }]
    const answer = await attempt(rpc.request(method, params).then((reply) => decodePage(reply) && reply))
    if (answer.status === 'refused') withoutIndex.add(rpc)
    if (answer.status !== 'answered') break
    const page = decodePage(answer.reply)
    found.push(...page.tokens.slice(0, maximumTokens - found.length))
    if (page.pageKey === null || page.tokens.length === 0) break
    pageKey = page.pageKey
  }
  return found
}

type Page = { readonly tokens: readonly Address[]; readonly pageKey: string | null }

function decodePage(reply: unknown): Page {
  const { tokenBalances, pageKey } = fields(reply, method)
  const entries = list(tokenBalances, method).map((entry) => fields(entry, method))
  // A token that its contract did not answer for has an error in place of the balance: worth asking ourselves.
  const held = entries.filter(
    ({ tokenBalance }) => tokenBalance === null || /[1-9a-f]/.test(bytes(tokenBalance, method).slice(2)),
  )
  return {
    tokens: held.map(({ contractAddress }) => address(contractAddress, method)),
    pageKey: typeof pageKey === 'string' ? pageKey : null,
  }
}
