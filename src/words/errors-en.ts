/** What went wrong, by error code. A sentence may name the error's data; A `{reason}` may be the sentence of the failure behind it. */
const anotherEndpoint = 'Use another endpoint.'
const askByHash = 'Give the hash that the wallet shows with --tx: the endpoint may know single transactions.'
const ownNode = 'Hosted endpoints usually share no mempool: use the RPC URL of your own node.'
const anotherSource = 'Use another source with --logs-from or --history-url, or none.'
const sourceKey = 'If it wants a key, set WALLET_CHECKUP_LOGS_KEY, or WALLET_CHECKUP_HISTORY_KEY for --history-url.'
const keyPlace = "If it wants a key, write '{'key'}' where the key belongs in the URL, and set WALLET_CHECKUP_LOGS_KEY."
const checkKey = 'Check the API key in the RPC URL.'
const laterOrElse = 'Run this check again in a minute, or use another endpoint.'
const otherLogs =
  'Use another endpoint or plan, list the logs elsewhere with --logs-from, or look at known spenders only with --quick.'
const finalUrl = 'The URL leads to another one, which is not followed: give the final URL.'

export default {
  'baseline-unread': {
    message:
      'The baseline does not have {part, select, balance {the balance} nonce {the next nonce} tokens {the token balances} spenders {the spenders} other {the owners and modules}} of the account: that could not be read then.',
    hints: ['Update the baseline with a check that reads it.'],
  },
  'baseline-newer': {
    message: 'The baseline is of block {block}, which is after the one under check.',
    hints: ['Check a later block, or compare with an earlier report.'],
  },
  'baseline-apart': {
    message:
      'The baseline has {part, select, balance {the balance} other {the token balances}} of block {since}, and {by, select, nonce {the next nonce} other {the nonce of the Safe account}} of block {until}: whether the account itself sent what left in between is not known.',
    hints: ['Look at what left between these blocks, then update the baseline: both are of one block then.'],
  },
  'token-not-asked': {
    message: 'The baseline has the token, and the check did not ask about it.',
    hints: ['Give the baseline to the check that reads the account, not only to the one that judges it.'],
  },
  'activity-unreadable': {
    message:
      'None of the {sent, plural, one {# transaction} other {# transactions}} of the account could be found. {reason}',
    hints: ['Use an archive endpoint.'],
  },
  'bait-unread': {
    message:
      'Who sent an approval event that state denies was read of the newest {count, plural, one {# transaction} other {# transactions}} only.',
    hints: [],
  },
  'balance-refused': {
    message: 'The contract does not tell a balance for this account.',
    hints: ['Check that the address is a token of this chain.'],
  },
  'blob-fee-untold': {
    message:
      'The endpoint does not tell what blob gas costs in the next block, so the blob fee of a waiting transaction was compared with nothing.',
    hints: [anotherEndpoint],
  },
  'block-not-found': {
    message: 'The endpoint does not know block {block}; its newest is {head}.',
    hints: ['Choose a block that exists, or leave out --block.'],
  },
  'blocks-left-out': {
    message: 'The search for approvals and tokens began at a later block (--from-block).',
    hints: ['Run the check again without --from-block; or, if nothing can be there, add --allow-incomplete.'],
  },
  'blocks-not-read': { message: 'The logs of some blocks were not read.', hints: [] },
  'client-timeout': {
    message: '{host} did not answer {method} in the time that its client allows.',
    hints: ['Use another endpoint.'],
  },
  'clocks-disagree': {
    message:
      "The clocks disagree: the newest block of {host} is {ahead} ahead of this computer's clock, so its age cannot be told.",
    hints: ["Set this computer's clock. If it is right, use another endpoint."],
  },
  'connection-failed': {
    message: 'No connection to {host} ({reason}).',
    hints: ['Check the RPC URL and your connection.'],
  },
  'contract-unreadable': {
    message: 'A contract sent an approval event for this account, but does not answer whether the approval is live.',
    hints: [],
  },
  'creation-not-told': {
    message: 'The contract was there from the first block on, or the endpoint shows its code of today for every block.',
    hints: [],
  },
  'creations-left-out': {
    message: 'When contracts were made was searched for {count, plural, one {# spender} other {# spenders}} only.',
    hints: [],
  },
  'damaged-logs': {
    message: 'Logs that were kept from an earlier run are damaged.',
    hints: ['Run wallet-checkup cache clear.'],
  },
  'endpoint-disagrees': {
    message:
      '{host} was to take the place of an endpoint that failed, but {kind, select, chain {it serves chain {actual}, not chain {expected}} lacking {it does not have block {block}} other {its block {block} is another one}}, so it was not used.',
    hints: ['Give another endpoint of the same chain, or run the check again.'],
  },
  'endpoint-behind': {
    message: 'A machine behind {host} does not know block {block} yet, so the newest logs may be missing.',
    hints: ['Run this check again in a minute.'],
  },
  'ens-name-not-found': {
    message: 'The ENS name {name} has no address.',
    hints: ['Check the spelling, or pass the address itself.'],
  },
  'ens-name-offchain': {
    message: 'The ENS name {name} is kept outside the chain, and no other server is asked for it.',
    hints: ['Pass the address itself.'],
  },
  'ens-not-available': {
    message: 'Chain {chainId} has no ENS, so names cannot be resolved on it.',
    hints: ['Pass the address itself.'],
  },
  'fact-not-saved': {
    message: 'The facts file is of an earlier version, which did not read this.',
    hints: ['Save the facts again with --save-facts.'],
  },
  'from-block-too-high': {
    message: 'The first block to read ({fromBlock}) comes after the block that is checked ({toBlock}).',
    hints: ['Give a lower --from-block.'],
  },
  'historical-block': {
    message: 'Pending transactions and fees of now were not read, because the check looks at the past block {block}.',
    hints: ['Run the check without --block to see pending transactions and fees.'],
  },
  'history-starts-later': {
    message:
      'Only transactions since {since} were looked for, and older ones belong to the days that this check judges.',
    hints: ['Ask for more days with --history.'],
  },
  'http-status': {
    message: '{host} answered {method} with HTTP {status}.',
    hints: [
      `{status, select, 401 {${checkKey}} 403 {${checkKey}} 301 {${finalUrl}} 302 {${finalUrl}} 307 {${finalUrl}} 308 {${finalUrl}} 404 {Check the RPC URL.} 500 {${laterOrElse}} 502 {${laterOrElse}} 503 {${laterOrElse}} 504 {${laterOrElse}} other {}}`,
    ],
  },
  'invalid-endpoint': {
    message:
      '{problem, select, scheme {The RPC URL must begin with https:// or http://.} other {The RPC URL is not a URL.}}',
    hints: ['Pass the whole URL, as in https://rpc.example.'],
  },
  'invalid-reply': {
    message:
      '{host} answered {method} with something unusable{problem, select, another {: it answers another request} compression {: its compression is broken} encoding {: its content encoding is unknown} json {: it is not JSON} large {: it is larger than what is read} list {: it is a list instead of one answer} log {: a log is malformed} multicall {: it is not what Multicall3 returns} nothing {: it has neither a result nor an error} object {: it is not a JSON object} start {: it begins at another block} stream {: it is not a stream of blocks} unanswered {: it has no answer to the request} undecodable {: it cannot be decoded} other {}}.',
    hints: [anotherEndpoint],
  },
  'log-source-behind': {
    message: '{host} could not be shown to have the blocks after {block}.',
    hints: ['Run this check again later, or use another source with --logs-from.'],
  },
  'log-source-chain-unknown': {
    message: 'Whether {host} is about the same chain could not be told, so it was not asked about the account.',
    hints: [anotherSource],
  },
  'log-source-cut': {
    message:
      '{host} listed {rows, plural, one {# log} other {# logs}} of block {block}, where it may have stopped without saying so.',
    hints: [anotherSource],
  },
  'log-source-failed': {
    message: 'The source {host} failed. {reason}',
    hints: [
      `{advice, select, connection {Check the URL of the source and your connection.} final {${finalUrl}} key {${sourceKey}} place {${keyPlace}} later {Run this check again later.} timeout {Raise --timeout.} url {Check the URL of the source.} other {}}`,
      `{advice, select, scan {} other {${anotherSource}}}`,
    ],
  },
  'log-source-incomplete': {
    message: '{host} does not say that it has read all blocks of the chain.',
    hints: [anotherSource],
  },
  'log-source-refused': {
    message: '{host} gave no list and said: "{words}".',
    hints: [sourceKey, anotherSource],
  },
  'log-source-starts-late': {
    message: '{host} has no blocks before {block}.',
    hints: [anotherSource],
  },
  'log-source-wrong-chain': {
    message:
      '{host} is about another chain: its blocks are not those of the endpoint. It was not asked about the account.',
    hints: [anotherSource],
  },
  'logs-cut': {
    message:
      'The answer for one block has exactly {logs, plural, one {# log} other {# logs}}, where some nodes stop without saying so.',
    hints: [anotherEndpoint],
  },
  'logs-pruned': {
    message: '{host} answers as if there were no logs before block {since}, although older blocks hold some.',
    hints: ['Use an endpoint that keeps all logs.'],
  },
  'logs-unconfirmed': {
    message: '{host} finds no logs in blocks that hold some, so its empty answers cannot be believed.',
    hints: [anotherEndpoint],
  },
  'logs-not-asked': {
    message: 'No logs were searched: only listed tokens and known spenders were looked at.',
    hints: ['Run the check again without --quick.'],
  },
  'malformed-reply': {
    message: "The node's answer for {what} is not what the method returns.",
    hints: [anotherEndpoint],
  },
  'no-safe-batch': {
    message:
      '{obstacle, select, person {No batch for a Safe account was made: no account that was checked is a contract, so none is a Safe account. The calls are given by -o calls.} several {No batch for a Safe account was made: several accounts or chains have calls, and a batch is of one Safe account.} other {No batch for a Safe account was made: none of its calls that revoke something was seen to work.}}',
    hints: [],
  },
  'no-sarif-anchor': {
    message: 'SARIF shows each finding at a line of a file, and no config file declares {account}.',
    hints: ['Add --sarif-anchor FILE, with a file of the repository at whose first line the findings are shown.'],
  },
  'not-read-again': {
    message: 'It was not asked a second time.',
    hints: [],
  },
  'pending-not-shown': {
    message:
      '{host} counts {count, plural, one {# pending transaction of the account that it does not show} other {# pending transactions of the account that it does not show}}. Others may wait behind a missing nonce.',
    hints: [askByHash, ownNode],
  },
  'pending-summarised': {
    message:
      '{host} shows only a summary of {count, plural, one {# pending transaction. Its tip, its type and since when it waits} other {# pending transactions. Their tips, their types and since when they wait}} are not known.',
    hints: [askByHash],
  },
  'pending-not-listed': {
    message:
      'The node counts {count, plural, one {# pending transaction that it does not list} other {# pending transactions that it does not list}}.',
    hints: ['Run this check again in a minute, or use another endpoint.'],
  },
  'mempool-not-shared': {
    message:
      '{host} does not show its pending transactions, so waiting ones may exist that were not seen. A count of pending transactions that equals that of mined ones proves nothing.',
    hints: [askByHash, ownNode],
  },
  'method-not-allowed': { message: '{method} is not a read, so it was not sent.', hints: [] },
  'method-not-supported': {
    message: 'The node does not offer {method}.',
    hints: [`{method, select, eth_getLogs {${otherLogs}} other {}}`],
  },
  'needed-fact-failed': { message: 'This depends on {fact}, which could not be read. {reason}', hints: [] },
  'nonce-without-transaction': {
    message:
      'The account used {count, plural, one {# nonce} other {# nonces}} without sending a transaction: an EIP-7702 authorisation does so, and a contract that a delegated account creates.',
    hints: [],
  },
  'nonces-not-found': {
    message:
      'The node did not show {count, plural, one {# of the transactions} other {# of the transactions}} of the account that were looked for.',
    hints: ['Use another endpoint to see them.'],
  },
  'older-transactions-unread': {
    message:
      'Only the newest {count, plural, one {# transaction of the account was} other {# transactions of the account were}} looked for; older ones may belong to the same days.',
    hints: ['Judge a shorter time.'],
  },
  'rate-limited': {
    message: '{host} kept refusing {method}: too many requests.',
    hints: ['Wait a while, or use an endpoint with a higher limit.'],
  },
  'receipt-not-found': { message: 'The node has no receipt of the transaction {transaction}.', hints: [] },
  'receipt-without-status': {
    message: 'The receipt of {transaction} does not say whether the transaction succeeded.',
    hints: [],
  },
  reorganised: {
    message: 'Block {block} was replaced by another while its logs were read.',
    hints: ['Run this check again in a minute.'],
  },
  'call-not-repeatable': {
    message:
      'The transaction {transaction} carried authorisations or blobs that a call cannot repeat, so its reason cannot be told.',
    hints: [],
  },
  'replay-succeeded': {
    message: 'The call of {transaction} does not fail on the state before its block, so its reason cannot be told.',
    hints: [],
  },
  'request-budget-used': {
    message:
      '{method} was not asked: {requests, plural, one {the # request} other {the # requests}} that this run may send are used up.',
    hints: ['Raise --max-requests.'],
  },
  'revocation-doubtful': {
    message: 'The contract answers that it did not do it, and what the call would leave could not be read.',
    hints: [],
  },
  'revocation-not-tried': {
    message: 'The account has so many grants that this call was not tried.',
    hints: [],
  },
  'rpc-refused': {
    message: 'The node refused {method} (code {nodeCode}) and said: "{nodeMessage}".',
    hints: [`{method, select, eth_getLogs {${otherLogs}} eth_chainId {${anotherEndpoint}} other {}}`],
  },
  'rpc-timeout': {
    message: '{host} did not answer {method} within {timeout}.',
    hints: ['Raise --timeout, or use another endpoint.'],
  },
  'scan-too-long': {
    message:
      'The search for logs was stopped before its long part: it needs about {requests, plural, one {# more request} other {# more requests}}{limit, select, blocks { ({cap, plural, one {# block} other {# blocks}} each)} other {}}, which would take about {time} at this endpoint.',
    hints: [
      'Give --from-block to leave out older blocks.',
      'Or use an endpoint that takes more blocks at once.',
      'Or pass --yes to wait for all of it, or --quick to look at known spenders only.',
    ],
  },
  'second-other-chain': {
    message: 'The second endpoint {host} serves chain {actual}, not chain {expected}, so it was told nothing else.',
    hints: ['Give a second endpoint of the same chain.'],
  },
  'second-without-block': {
    message: 'The second endpoint {host} does not have block {block}.',
    hints: ['Run the check again, or give another second endpoint.'],
  },
  'second-not-there': {
    message: '{host} does not have what was to be read again.',
    hints: [],
  },
  'old-approvals-unread': {
    message:
      'Who sent an approval, and when, was read of the newest {count, plural, one {# transaction} other {# transactions}} only.',
    hints: [],
  },
  // What a source does, which is not the node under check: see `causeOf`.
  'source-method-not-supported': { message: '{host} does not offer {method}.', hints: [] },
  'source-rpc-refused': { message: '{host} refused {method} (code {nodeCode}) and said: "{nodeMessage}".', hints: [] },
  'source-state-unavailable': {
    message:
      '{method, select, eth_getLogs {{host} does not give the logs of these blocks and said: "{nodeMessage}".} other {{host} no longer has the state that {method} asked for.}}',
    hints: [],
  },
  'spenders-unreadable': { message: 'A token of the account does not answer who may take it.', hints: [] },
  'safe-list-unfinished': {
    message:
      'A list of the Safe account is longer than what is read of it: {read, plural, one {# entry} other {# entries}}.',
    hints: [],
  },
  'safe-unreadable': {
    message: 'A contract of the Safe account gave an answer that the published contracts never give.',
    hints: [],
  },
  'sanctions-list-future': {
    message: 'The list {list} was not used: the day that it says it is of, {date}, is still to come.',
    hints: ['Correct the day of its data in it, as in: # date: YYYY-MM-DD'],
  },
  'sanctions-list-old': {
    message:
      'The list {list} of {date} is {days, plural, one {# day} other {# days}} old and was not used: addresses are taken off such lists, and added.',
    hints: ['Give a newer list with --sanctions-list.'],
  },
  'sanctions-list-undated': {
    message: 'The list {list} was not used: it does not say of which day it is.',
    hints: ['Write the day of its data into it, as in: # date: YYYY-MM-DD'],
  },
  'sender-not-asked': {
    message: 'A token left in transactions of which it is not known whether the account sent them.',
    hints: ['Check again with --history, so that more of the account’s own transactions are read.'],
  },
  'sent-left-out': {
    message:
      'More transactions moved a token out of the account since the baseline than are kept; the newest of them were.',
    hints: ['Check more often, and take what is expected into the baseline.'],
  },
  'state-unavailable': {
    message:
      '{method, select, eth_getLogs {The node does not give the logs of these blocks and said: "{nodeMessage}".} other {The node no longer has the state that {method} asked for.}}',
    hints: [
      `{method, select, eth_getLogs {${otherLogs}} other {Use an archive endpoint, or check at the newest block.}}`,
      '{method, select, eth_getLogs {Or leave out the older blocks with --from-block, if nothing can be there.} other {}}',
    ],
  },
  stopped: {
    message: 'The run was stopped before this was read.',
    hints: ['Run the same check again: unless --no-cache was given, it goes on with what was read by then.'],
  },
  'supply-not-told': {
    message: 'The contract does not tell its total supply, so whether an allowance is above it is not known.',
    hints: [],
  },
  'too-many-counterparties': {
    message: 'More addresses stand in the transfers of the account than are compared; the newest of them were.',
    hints: [],
  },
  'too-many-strayed': {
    message:
      'More transactions moved something to the contract of a token, or to an address that nobody has, than are looked at; the newest of them were.',
    hints: [],
  },
  'transactions-left-out': {
    message:
      '{count, plural, one {# older transaction} other {# older transactions}} of the time that was asked for could not be read as well: only the newest were.',
    hints: [
      '{limit, select, most {The newest 10000 are the most that are read. Ask for fewer days with --history to read all of that time.} other {Ask for a number of days with --history: then up to 10000 transactions are read.}}',
    ],
  },
  'transfers-left-out': {
    message: 'So many events name one address that only the oldest and the newest of them were looked at.',
    hints: [],
  },
  'undeclared-fact': {
    message: 'The rule {rule} read the fact {fact}, which is not among its needs.',
    hints: ["Add {fact} to the rule's needs."],
  },
  'unexpected-error': { message: 'An unexpected error ended this step ({name}).', hints: [] },
  'unknown-permit2': {
    message:
      'A contract that is not known to be Permit2 sent events like those of Permit2 about this account. What it may hold was not read.',
    hints: [],
  },
  'unreadable-log': {
    message: 'A contract sent an event about this account in a shape that no standard has.',
    hints: [],
  },
  'wait-too-long': {
    message: '{host} refused {method}: too many requests. It asks to wait {wait}, so it was not asked again.',
    hints: ['Run this check again after that time, or use another endpoint.'],
  },
  'wrong-chain': {
    message: 'The endpoint serves chain {actual}, not chain {expected}, so nothing else was asked of it.',
    hints: ['Check --chain and the RPC URL.'],
  },
} as const
