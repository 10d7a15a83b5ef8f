/** What the command line says itself: help, notices, refusals. Sentences with values are functions. */
import secret from './secret-en.ts'
import watch from './watch-en.ts'

/** What a config file comes to. `targets`: pairs of an account and a chain. */
export type PlanSize = { readonly accounts: number; readonly chains: number; readonly targets: number }

export default {
  help: {
    titles: { 'Usage:': 'Usage:', 'Arguments:': 'Arguments:', 'Options:': 'Options:', 'Commands:': 'Commands:' },
    program:
      'Finds out why a wallet shows the wrong thing or is in danger, from a public address and a JSON-RPC URL. It only reads, and never asks for a private key.',
    check: 'check one account (this is the default command)',
    watch: 'check again and again, on a schedule',
    report: 'print a JSON report again, in another language or format',
    rules: 'list the rules, or explain one',
    cache: 'show what is kept from earlier checks (status), or remove it (clear)',
    init: 'write a first config file, with comments',
    config: 'say whether the config file can be used (check), or what it comes to, without secrets (print)',
    baseline: 'take what a report found into the baseline file (update)',
    suppress: 'leave a finding alone (add), show what is left alone (list), or take out what is not needed (prune)',
    demo: 'check a sick and a well account of a demo chain',
    arguments: {
      address: 'public addresses (0x and 40 hex digits) or ENS names',
      reportFile: 'a report made with -o json=FILE',
      rule: "a rule's ID",
      cache: 'status or clear',
      baseline: 'update',
      suppress: 'add, list or prune',
      suppressReport: 'a JSON report that says which suppressions excuse nothing',
      config: 'check or print',
    },
    options: {
      help: 'show this help',
      version: 'show the version',
      rpcUrl: 'the node to ask (or WALLET_CHECKUP_RPC_URL); may be repeated: the next is asked when one fails for good',
      chain: 'chain name or ID: the node must serve it; without --rpc-url, its public endpoint is asked',
      config: 'the config file (default: wallet-checkup.config.yaml, .yml or .json, where there is one)',
      noConfig: 'use no config file',
      accounts:
        'check the accounts of this table, or of standard input (-): CSV with the columns address, label, chains, tags, kind; or an address a line',
      json: 'as JSON, in place of YAML',
      locale: 'language: en or ja (default: from LC_ALL, LC_MESSAGES, LANG)',
      output:
        'table, json, markdown, sarif, csv, junit, github (annotations), openmetrics, calls (unsigned calls, one a line) or safe-batch (for a Safe account), to the terminal or a file; may be repeated',
      sarifAnchor: 'the file that SARIF shows findings at, for accounts that no config file declares',
      failOn: 'lowest severity that ends in exit code 1: critical, high, medium, low, info, never (default: high)',
      allowIncomplete: 'exit code 0 instead of 3 when something could not be checked',
      baseline: 'compare with this earlier report (JSON): each finding is new, unchanged or updated',
      updatedBaseline: 'the baseline file to write (default: the one that the config file names)',
      failOnNew: 'exit code 1 only for findings that the baseline does not have, or that became worse',
      updateBaseline: 'write what is known now into the baseline file; what could not be read stays as it was',
      suppressions: 'leave no finding out, whatever the config file excuses',
      suppressionsFrom: 'take the suppressions from this version of the config file: a revision of git, or a file',
      showSuppressed: 'show suppressed findings in the table',
      strict: 'exit code 2 when a suppression excuses nothing',
      suppressedRule: 'the rule whose findings are left alone',
      suppressedAccount: 'of this account only; without it no critical finding is left alone',
      suppressedChain: 'on this chain only',
      suppressedToken: 'of this token or collection only',
      suppressedSpender: 'of this spender or operator only',
      subject:
        'of this subject only, by a field of it as the JSON report has it: nonce=7; of a hash the first 34 to 60 characters, because a whole one looks like a private key; may be repeated',
      maxAllowance: 'as long as the allowance is no more than this, in the smallest unit of the token',
      reason: 'why: it stands in every report',
      expires: 'the last day, UTC: YYYY-MM-DD',
      rule: 'check only this rule; may be repeated',
      skipRule: 'leave this rule out; may be repeated',
      plugin: 'rules of others: a path, or an installed package; may be repeated. Their code runs',
      tokenList: 'a token list (JSON, or one address a line); may be repeated',
      shownTokens: 'the tokens your wallet shows: a file, or addresses with commas',
      threatList: 'addresses known as drainers: address or chainId:address a line, or JSON; may be repeated',
      sanctionsList: 'sanctioned addresses, as a threat list with a line "# date: YYYY-MM-DD" in it; may be repeated',
      expectedSpenders:
        'who may have grants or spending limits: a file, or addresses with commas; grants to anybody else are reported',
      fromBlock: 'first block of the search for approvals and tokens (default: 0)',
      erc1155: 'also look for ERC-1155 items that came to the account (half as many requests again)',
      tx: 'look up the transaction with this hash (0x and 64 hex digits), as the wallet shows it, for one account at a time; may be repeated. Never a key: it is sent to the endpoint',
      history: 'days whose own transactions are read, or all (default: the newest 300 of 90 days)',
      historyUrl:
        'list own transactions with this Etherscan (v2) or Blockscout API, and look each up at the node; its operator sees the address (key: WALLET_CHECKUP_HISTORY_KEY)',
      block: 'check the state at this block (default: the newest)',
      maxRps: 'send no more requests than this in any second (default: as many as the endpoint allows)',
      maxRequests: 'send no more requests than this; what was not asked is missing',
      yes: 'search all logs, even when that takes longer than 10 minutes',
      logsFrom:
        'search the logs there instead of at the node: blockscout:URL, etherscan, sqd:URL or rpc:URL; its operator sees the address (key: WALLET_CHECKUP_LOGS_KEY)',
      quick: 'search no logs: look only at listed tokens and known spenders; always incomplete',
      secondRpcUrl:
        'read what stands behind serious findings again there, instead of at the same node, and compare the two (or WALLET_CHECKUP_SECOND_RPC_URL); its operator sees the address',
      secondOpinion: 'read nothing a second time',
      timeout: 'seconds that one request may take (default: 30)',
      now: 'the time to take for now, as 2027-01-31T08:00:00Z (or set SOURCE_DATE_EPOCH), so that ages are those of that time',
      cacheDir: 'where to keep what was read, for later checks (or set WALLET_CHECKUP_CACHE_DIR)',
      cache: 'keep nothing, and use nothing that was kept',
      color: 'no colours (as NO_COLOR)',
      quiet: 'no progress on the terminal',
      saveFacts: 'keep everything that was read, to judge it again later',
      facts: 'judge saved facts; asks no node',
      notify:
        'tell what changed since the run before: slack, discord, webhook or telegram, and the variable with its URL, as slack=SLACK_URL; telegram=TOKEN,CHAT; may be repeated',
      every: 'how often: 30s, 10m, 1h, 1d, …',
      cron: 'when, as a line of cron in local time: "*/10 * * * *"; or --every',
      listen: 'where /metrics and /healthz are (default: 127.0.0.1:9464), or off',
    },
    examples: `
Examples:
  Check an account with a node of your choice:
    wallet-checkup 0x00000000219ab540356cBB839Cbe05303d7705Fa --rpc-url https://rpc.example
  Check it with a public node, in Japanese:
    wallet-checkup 0x00000000219ab540356cBB839Cbe05303d7705Fa --chain base --locale ja
  In a script: the table for people, the JSON for programs:
    wallet-checkup example.eth --chain ethereum -o table -o json=report.json --fail-on critical
  See what a check-up looks like:
    wallet-checkup demo

Exit codes:
  0 nothing at or above --fail-on   1 a finding at or above it   2 wrong usage
  3 something could not be checked  70 a fault of this program   130, 143 interrupted

Never give a private key, a recovery phrase or a wallet file. No check needs one.

日本語: wallet-checkup --help --locale ja`,
  },
  error: (sentence: string) => `Error: ${sentence}`,
  hint: (sentence: string) => `  → ${sentence}`,
  nothingChecked: 'So nothing could be checked.',
  publicEndpoint: (host: string, chain: string) =>
    `No --rpc-url was given, so a public endpoint for ${chain} is asked: ${host}. Its operator sees the address and your IP address.`,
  failover: (from: string, to: string) =>
    `${from} failed, so ${to} is asked from here on. Its operator sees the address and your IP address.`,
  ownNode: (host: string) =>
    `No --rpc-url was given, so the usual place of a development node on this computer is asked: ${host}.`,
  config: {
    fine: (file: string, { accounts, chains, targets }: PlanSize) =>
      `${file} can be used: ${accounts} ${accounts === 1 ? 'account' : 'accounts'} on ${chains} ${chains === 1 ? 'chain' : 'chains'}${targets === accounts ? '' : `, checked as ${targets}: an account counts once for each of its chains`}.`,
    written: (file: string) =>
      `${file} was written. Put your accounts into it, set the variable MAINNET_RPC, and run: wallet-checkup config check`,
  },
  sourceDate: (time: string) =>
    `The variable SOURCE_DATE_EPOCH is set, so ${time} is taken for now: ages, and the ends of suppressions, are those of that time. Unset it to use the time of this computer.`,
  configUsed: (file: string) => `The config file ${file} says what is checked. To use none: --no-config`,
  configNotUsed: (file: string) => `${file} does not name this account, so it is checked by the options alone.`,
  publicForChain: (host: string, chain: string) =>
    `The config names no endpoint for ${chain}, so a public one is asked: ${host}. Its operator sees the addresses and your IP address.`,
  logSource: (host: string) =>
    `Logs are searched at ${host}. Its operator sees the address and your IP address. What it lists is only where to look: every approval is read from the node.`,
  unusedLogsKey:
    'The key of the source of logs (WALLET_CHECKUP_LOGS_KEY, or logsKey in the config file) is not used: the URL behind rpc: has no {key}. If it wants the key, write {key} where the key belongs in the URL.',
  historySource: (host: string) =>
    `Own transactions are listed by ${host}. Its operator sees the address and your IP address. Each of them is looked up at the node before it counts.`,
  secondEndpoint: (host: string) =>
    `Serious findings are read again at ${host}, and the two endpoints compared. Its operator sees the address and your IP address.`,
  plainNotify: (host: string) =>
    `Messages to ${host} go over http://, so whoever is on the way can read them, and the secret in the URL too. Use https://.`,
  interrupting: 'Stopping. What was read so far is reported. Press Ctrl-C again to quit at once.',
  savedFacts: (file: string) => `The facts were saved in ${file}.`,
  baselineWritten: (file: string) => `The baseline was written to ${file}.`,
  suppress: {
    added: (file: string, count: number) =>
      `The suppression was added to ${file}, which has ${count} ${count === 1 ? 'suppression' : 'suppressions'} now.`,
    notCritical: (rule: string) =>
      `Without --account no critical finding is left alone, and those of ${rule} usually are critical: it may excuse nothing.`,
    everyOutgoing: (rule: string) =>
      `Without --subject hash=… it leaves alone what ${rule} finds later as well, a theft too: a nonce stands for everything sent since the baseline. Name planned payments by expectedRecipients, or take them into a new baseline.`,
    none: 'The config file has no suppressions.',
    states: { active: 'active', expired: 'expired', unused: 'unused' },
    until: (day: string) => `until ${day}`,
    pruned: (file: string, gone: number, left: number) =>
      gone === 0
        ? `Nothing was taken out of ${file}: ${left} ${left === 1 ? 'suppression is' : 'suppressions are'} left.`
        : `${gone} ${gone === 1 ? 'suppression was' : 'suppressions were'} taken out of ${file}; ${left} left.`,
  },
  cache: {
    off: (reason: string) => `The cache is not used from here on, and the check goes on without it: ${reason}`,
    putAside: 'The cache was damaged. It was put aside, and a new one begun.',
    none: (folder: string) => `There is no cache in ${folder}.`,
    cleared: (folder: string) => `The cache in ${folder} was removed.`,
    folder: (folder: string) => `Folder: ${folder}`,
    empty: 'It is empty: nothing of any account is kept.',
    size: (kibibytes: string) => `Size: ${kibibytes} KiB`,
    chain: (chainId: number) => `Chain ${chainId}`,
    accounts: (count: string) => `Accounts: ${count}`,
    logs: (count: string) => `Logs: ${count}`,
    blocks: (from: string, to: string) => `Blocks: ${from} to ${to}`,
    used: (oldest: string, newest: string) =>
      oldest === newest ? `Last check: ${newest}` : `Last check of an account: ${oldest} to ${newest}`,
  },
  secret,
  watch,
  bug: 'Sorry: this is a fault of wallet-checkup, and nothing was found out about the account. Please report it with these lines:',
  notWhole:
    'A part of wallet-checkup is missing or broken, and nothing was found out about the account. Please install it again.',
  outputLost: (reason: string) => `The output could not be written (${reason}), so it is not complete.`,
  progress: {
    blocks: (percent: number, total: string) => `${percent} % of ${total} blocks`,
    requests: (count: number) => `${count} ${count === 1 ? 'request' : 'requests'}`,
    requestsOf: (count: number, total: number) => `${count} of about ${total.toLocaleString('en-US')} requests`,
    left: (seconds: number) => (seconds < 90 ? `${seconds} s left` : `${Math.round(seconds / 60)} min left`),
  },
  rules: {
    id: 'ID',
    severity: 'Severity',
    title: 'Title',
    more: 'wallet-checkup rules ID explains one.',
    decides: 'What it decides',
    why: 'Why it matters',
    needs: 'What it reads',
    options: 'Options',
    snippet: 'In a config file, with the defaults (in a program: ruleOptions)',
    noOptions: 'none',
    default: (json: string) => `default: ${json}`,
    steps: 'What to do when it is found (a check gives the steps that fit)',
    asAbove: '[as above]',
    stepsNote: 'Words in braces are filled in by a check, which also chooses between [one | another].',
  },
  demo: {
    live: 'This is a demo: a development chain on this computer, with made-up accounts. Nothing here is about your wallet.',
    recorded:
      'This is a demo: facts recorded on a development chain, with made-up accounts (a live demo chain needs a checkout of the project). Nothing here is about your wallet.',
    sick: 'A sick account',
    well: 'A well account',
    ended: (code: number, meaning: string) => `Exit code ${code}: ${meaning}`,
    meanings: { found: 'findings at or above the level of --fail-on.', clean: 'every check was made, nothing found.' },
    unexpected: (expected: number, actual: number) =>
      `The demo should have ended in ${expected}, but ended in ${actual}.`,
    notStarted: 'The demo chain did not start.',
  },
}
