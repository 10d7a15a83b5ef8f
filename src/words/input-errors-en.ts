/** What was wrong with what a person gave: addresses, options, files. By error code, as `errors-en.ts`. */
import expectation from './expectation-en.ts'

const copyAgain = 'Copy the address from your wallet again instead of typing it.'
const onlyEvm = 'Only accounts of Ethereum and other EVM chains can be checked.'
const seeHelp = 'See wallet-checkup --help.'
const listFlaw = [
  '{unit, select, line {line {number} } entry {entry {number} } other {}}',
  '{problem, select,',
  ' not_an_address {is not an address (0x and 40 hex digits, with "chainId:" before it if it holds on one chain only)}',
  ' shaped_like_a_key {is not an address: it has the shape of a private key or a recovery phrase, so it is not repeated here}',
  ' not_a_text {is not a string}',
  ' without_address {has no address}',
  ' without_chain {has no usable chainId}',
  ' broken_json {it begins like JSON but is not}',
  ' no_array {its JSON is not an array of addresses}',
  ' no_tokens {its JSON has no array of tokens}',
  ' no_evm_address {none of its tokens has an address of an EVM chain}',
  ' wrong_date {its date is not a day as YYYY-MM-DD}',
  ' other {it has an error}}',
].join('')

export default {
  'address-empty': { message: 'The address is empty.', hints: ['Give a public address: 0x and 40 hex digits.'] },
  'address-checksum': {
    message: 'The capital letters of this address do not fit its digits, so at least one character is mistyped.',
    hints: [copyAgain],
  },
  'address-too-short': {
    message: 'This address is too short: it has {digits} hex digits after 0x, and should have 40.',
    hints: [copyAgain],
  },
  'address-too-long': {
    message: 'This address is too long: it has {digits} hex digits after 0x, and should have 40.',
    hints: [copyAgain],
  },
  'address-no-prefix': {
    message: 'This looks like an address without the 0x at its beginning.',
    hints: ['Put 0x before it.'],
  },
  'address-bad-character': {
    message: 'This begins like an address, but holds a character that is not a hex digit.',
    hints: [copyAgain],
  },
  'address-bitcoin': { message: `This looks like a Bitcoin address. ${onlyEvm}`, hints: [] },
  'address-solana': { message: `This looks like a Solana address. ${onlyEvm}`, hints: [] },
  'address-tron': { message: `This looks like a Tron address. ${onlyEvm}`, hints: [] },
  'address-unreadable': {
    message: 'This is neither an address (0x and 40 hex digits) nor an ENS name.',
    hints: [copyAgain, seeHelp],
  },
  'invalid-facts-file': {
    message:
      '{kind, select, json {It is not whole JSON, so it holds no saved facts.} report {It is a report, and holds no saved facts.} version {These facts have the format of another version of wallet-checkup.} field {These facts cannot be judged: what stands at {path} does not belong there.} other {It holds no saved facts.}}',
    hints: [
      '{kind, select, report {To print a report again: wallet-checkup report FILE} other {Save facts with --save-facts FILE.}}',
    ],
  },
  'invalid-history-source': {
    message:
      '{problem, select, url {The URL of the history must begin with https:// or http://. It is not shown, because it may hold a key.} credentials {The URL of the history holds a user, a query or a fragment. It is not shown, because it may hold a key.} other {The variable {variable} holds characters that no key has.}}',
    hints: ['Give the URL of an API, such as https://api.example/v2/api, and its key in {variable}.'],
  },
  'invalid-log-source': {
    message:
      '{problem, select, url {The URL of the source of logs must begin with https:// or http://.} credentials {The URL of the source of logs holds a user, a query or a fragment.} other {This is no source of logs that is known here.}} It is not shown, because it may hold a key.',
    hints: [
      '{problem, select, credentials {Give the URL without them, and the key in WALLET_CHECKUP_LOGS_KEY.} other {Write blockscout:URL, etherscan, etherscan:URL, sqd:URL or rpc:URL.}}',
    ],
  },
  'invalid-option': { message: 'The option {option} cannot be used: {problem}.', hints: [] },
  'invalid-rule-options': { message: 'The options of the rule {ruleId} are not valid: {problem}.', hints: [] },
  'invalid-suppression': {
    message:
      'A suppression of {rule} cannot be used: {problem, select, reason {it gives no reason} expires {its last day is no date} late {it lasts until {expires}} other {its limit is no whole number in the smallest unit of the token}}.',
    hints: [
      '{problem, select, reason {Say why the finding is left alone.} expires {Write its last day as YYYY-MM-DD.} late {It lasts {days} days at most.} other {For example: "250000000000"}}',
    ],
  },
  'invalid-sanctions-list': {
    message: `The list of sanctioned addresses {list} cannot be read: ${listFlaw}.`,
    hints: [
      `Write "# date: YYYY-MM-DD", then one address or chainId:address a line; or JSON: '{'"date": "YYYY-MM-DD", "addresses": […]'}'.`,
    ],
  },
  'invalid-threat-list': {
    message: `The threat list {list} cannot be read: ${listFlaw}.`,
    hints: ['Write one address or chainId:address a line, with # before comments, or a JSON array of the same.'],
  },
  'invalid-token-list': {
    message: `The token list {list} cannot be read: ${listFlaw}.`,
    hints: ['Give a token list (JSON), or one token address a line.'],
  },
  'invalid-transaction-hash': {
    message: 'This is not the hash of a transaction. It is not repeated here, because it may be something else.',
    hints: [
      'Copy it from the activity of the wallet: 0x and 64 hex digits. Never give a key.',
      'Give one --tx for each hash, with nothing before or after it.',
    ],
  },
  'log-source-key': {
    message:
      '{problem, select, missing {This source of logs needs a key, in the variable {variable}.} other {The variable {variable} holds characters that no key has.}}',
    hints: ['Set it to your key for the source, or use another source.'],
  },
  'no-rules-selected': { message: 'The selection leaves no rule to judge.', hints: ['Leave out --skip-rule.'] },
  'not-asked': {
    message: 'This was not read, because no check of that run needed it.',
    hints: ['Run the check again without a selection of rules.'],
  },
  'secret-input': {
    message: 'This looks like a secret. It was not used, kept or sent.',
    hints: ['Give the public address instead: 0x and 40 hex digits, or an ENS name.'],
  },
  'unknown-option': {
    message: 'There is no option {option}.',
    hints: ['{hasNearest, select, yes {Did you mean {nearest}?} other {The options are {known}.}}'],
  },
  'unknown-rule': {
    message: 'There is no rule of this name: {ruleId}.',
    hints: ['{hasNearest, select, yes {Did you mean {nearest}?} other {wallet-checkup rules lists them.}}'],
  },
  'usage-no-address': {
    message: 'No address was given.',
    hints: [
      'For example: wallet-checkup 0x00000000219ab540356cBB839Cbe05303d7705Fa --rpc-url https://rpc.example',
      'To see what a check-up looks like: wallet-checkup demo',
    ],
  },
  'usage-address-as-value': {
    message: 'What follows {option} is an address, and no address of an account was given.',
    hints: ['Give the value of {option} before it, or leave {option} out: wallet-checkup {address} …'],
  },
  'usage-accounts-alone': {
    message: 'Both an account and --accounts were given.',
    hints: ['Leave out one of the two.'],
  },
  'usage-accounts-chain': {
    message: 'Nobody says on which chain the accounts of --accounts are to be checked.',
    hints: ['Name it with --chain, or write a config file.'],
  },
  'usage-no-config': {
    message: 'There is no config file here.',
    hints: ['Name one with --config, or write a first one: wallet-checkup init'],
  },
  'usage-file-exists': {
    message: 'The file {file} is there already, and was left as it is.',
    hints: ['Name another one with --config.'],
  },
  'usage-not-in-config': {
    message: 'The config file {file} names no account {account}.',
    hints: ['Give a label or an address that is in it, or leave out --config.'],
  },
  'usage-one-chain': {
    message: '{option} is about one chain, and {chains, plural, one {# chain is} other {# chains are}} checked.',
    hints: ['Choose one with --chain, or write it into the config file.'],
  },
  'usage-one-target': {
    message: '{option} is about one account on one chain, and {targets, plural, one {# is} other {# are}} checked.',
    hints: ['Name the account, and its chain with --chain.'],
  },
  'usage-watch-schedule': {
    message: 'A watch needs to know when: one of --every and --cron.',
    hints: ['For example: wallet-checkup watch --every 10m', 'Or: wallet-checkup watch --cron "*/10 * * * *"'],
  },
  'usage-watch-stdin': {
    message: 'A watch reads its accounts before each run, and standard input can be read only once.',
    hints: ['Name a file: --accounts accounts.csv'],
  },
  'cannot-listen': {
    message: '{at} cannot be listened at ({reason}).',
    hints: ['Choose another place with --listen HOST:PORT, or none with --listen off.'],
  },
  'usage-notify-variable': {
    message: 'The variable {name}, which --notify names, is not set.',
    hints: ['Set it to the URL, the token, the chat or the secret: never write these on the command line.'],
  },
  'usage-notify-url': {
    message: 'The variable {name}, which --notify names, holds no web address.',
    hints: ['It must begin with https:// or http://.'],
  },
  'delivery-failed': {
    message: 'The message to {host} was not delivered ({reason}; tries: {tries, number}).',
    hints: [],
  },
  'usage-two-configs': {
    message: 'There are several config files: {files}.',
    hints: ['Name the one that is meant with --config, or remove the other.'],
  },
  'usage-needs-baseline': {
    message: '{option} needs a baseline to compare with.',
    hints: ['Name it with --baseline FILE. The first one: --baseline FILE --update-baseline'],
  },
  'usage-first-baseline': {
    message: 'There is no baseline {file} yet.',
    hints: ['The first one: --baseline FILE --update-baseline'],
  },
  'usage-needs-config': {
    message: '--suppressions-from reads another version of a config file, and this check uses none.',
    hints: ['Run it where the config file is, or name it with --config FILE.'],
  },
  'usage-suppressions-unreadable': {
    message: 'The suppressions cannot be read from {from}: {reason}',
    hints: [
      'Name a branch, a tag or a commit in which git has the config file, or a file. It may have to be fetched first.',
    ],
  },
  'usage-unused-suppressions': {
    message:
      '{count, plural, one {# suppression excuses} other {# suppressions excuse}} nothing, and --strict takes that for a mistake.',
    hints: ['The report names what is not needed any more: take it out of the config file.'],
  },
  'usage-suppress-needs': {
    message: 'suppress add needs {option}.',
    hints: ['For example: --rule stale-approval --account treasury --reason "payout job" --expires 2027-03-31'],
  },
  'usage-suppress-past': {
    message: '--expires {date} is over, so the suppression would excuse nothing.',
    hints: ['It is the last day that it holds, UTC: choose today or a later one.'],
  },
  'usage-suppress-add-only': {
    message: '{option} has no effect together with suppress {action}: it says what suppress add writes.',
    hints: [
      '{action, select, prune {Leave it out: what has expired is taken out, and with a report what that calls unused.} other {Leave it out: all suppressions of the config file are listed.}}',
    ],
  },
  'usage-suppress-add-report': {
    message: 'suppress add reads no report, so {file} would have no effect.',
    hints: ['Leave it out. What is to be left alone is said by --rule and the other options.'],
  },
  'usage-no-baseline': {
    message: 'No baseline file is named.',
    hints: ['Name it with --baseline FILE, or as baseline in the config file.'],
  },
  'usage-no-endpoint': {
    message: 'No endpoint was given, so there is no node to ask.',
    hints: [
      'With a node of your choice: wallet-checkup {address} --rpc-url https://rpc.example',
      'With a public one: wallet-checkup {address} --chain ethereum',
    ],
  },
  'usage-unknown-chain': {
    message: 'No chain is known by this name: {chain}.',
    hints: ['Give its number (chain ID) instead, together with --rpc-url.'],
  },
  'usage-no-public-endpoint': {
    message: 'No public endpoint is known for chain {chain}.',
    hints: ['Give one with --rpc-url.'],
  },
  'usage-unknown-format': {
    message: 'There is no output format of this name: {format}.',
    hints: ['The formats are {known}. With a file: -o json=report.json'],
  },
  'usage-two-on-stdout': {
    message: 'Two reports cannot both go to the standard output.',
    hints: ['Give a file for one of them: -o table -o json=report.json'],
  },
  'usage-sarif-anchor': {
    message: 'SARIF shows each finding at a line of a file, and the account is declared in none.',
    hints: ['Add --sarif-anchor FILE, with a file of the repository at whose first line the findings are shown.'],
  },
  'usage-quick-alone': {
    message: '{option} is about the search for logs, which --quick leaves out.',
    hints: ['Leave out one of the two.'],
  },
  'usage-second-alone': {
    message: '--second-rpc-url names an endpoint that --no-second-opinion would not ask.',
    hints: ['Leave out one of the two.'],
  },
  'usage-same-endpoint': {
    message: 'The second endpoint is the one under check ({host}): nobody would contradict it.',
    hints: ['Name another endpoint of the same chain, or leave it out: the same one is then read a second time.'],
  },
  'usage-same-file': { message: 'Two outputs would be written to the same file: {file}.', hints: [] },
  'usage-bad-value': {
    message: '{option} cannot have this value.',
    hints: [expectation],
  },
  'usage-block-order': { message: '--from-block is after --block, so there is nothing to read.', hints: [] },
  'usage-facts-alone': {
    message: '{option} has no effect together with --facts: saved facts are judged without asking a node.',
    hints: ['Leave out one of the two.'],
  },
  'usage-facts-lists': {
    message: '{option} has no effect together with --facts: the lists were read into the facts when they were saved.',
    hints: ['Leave it out; or check the account again, with {option} and --save-facts.'],
  },
  'usage-file-unreadable': { message: 'The file {file} cannot be read ({reason}).', hints: [] },
  'usage-file-unwritable': { message: 'The file {file} cannot be written ({reason}).', hints: [] },
  'usage-not-a-report': {
    message:
      '{kind, select, json {The file {file} is not whole JSON, so it is no report.} facts {The file {file} holds saved facts, and is no report.} version {The report {file} has the format of another version of wallet-checkup.} field {The report {file} cannot be printed: what stands at {path} does not belong there.} other {The file {file} is no report of this program.}}',
    hints: [
      '{kind, select, facts {To judge saved facts: wallet-checkup check --facts {file}} other {Reports are made with -o json=report.json.}}',
    ],
  },
  'usage-misplaced-url': {
    message: 'There is a URL ({host}) where none belongs. The rest of it is not shown, because it may hold a key.',
    hints: [
      'Did you mean --rpc-url? Only it, --second-rpc-url, --logs-from and --history-url take a URL.',
      'Lists and reports are files: download them first.',
      'Of a link to a transaction, give --tx only the hash at its end: 0x and 64 hex digits.',
    ],
  },
  'usage-keyed-reason': {
    message:
      'A link in --reason ({host}) looks as if it held a key. The rest of it is not shown: a reason stands in the config file and in every report.',
    hints: ['Give a shorter link, or the number of the ticket alone.'],
  },
  'usage-address-is-file': {
    message: '{file} is a file, and was not read. An address is needed here; no wallet file ever is.',
    hints: ['Give a public address: 0x and 40 hex digits.', 'To print a report again: wallet-checkup report FILE'],
  },
  'usage-missing-file': {
    message: 'The file name after = is missing.',
    hints: ['For example: -o {format}=report.{format}', 'To write to the terminal: -o {format}'],
  },
  'usage-in-file': { message: '{option}, file {file}: {reason}', hints: [] },
  'usage-in-value': { message: '{option}: {reason}', hints: [] },
  'usage-interrupted': { message: 'Stopped while {file} was being read.', hints: [] },
  'usage-unknown-option': {
    message: 'There is no option {option} here.',
    hints: [
      '{hasNearest, select, yes {Did you mean {nearest}?} elsewhere {It is an option of another command: see wallet-checkup --help.} other {See wallet-checkup --help.}}',
    ],
  },
  'usage-missing-value': { message: 'The option {option} needs a value.', hints: [seeHelp] },
  'usage-missing-argument': { message: 'This command needs {argument}.', hints: [seeHelp] },
  'usage-too-many-arguments': {
    message: 'There are more arguments than this command takes.',
    hints: ['Check one address at a time.', seeHelp],
  },
} as const
