/** What was wrong with what a person gave: addresses, options, files. By error code, as `errors-en.ts`. */
const copyAgain = 'Copy the address from your wallet again instead of typing it.'
const onlyEvm = 'Only accounts of Ethereum and other EVM chains can be checked.'
const seeHelp = 'See wallet-checkup --help.'

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
    message: 'This is not a facts file that can be judged. {path}: {problem}.',
    hints: ['Save the facts again with --save-facts.'],
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
  'invalid-threat-list': {
    message: 'The threat list {list} cannot be read: {problem}.',
    hints: ['Write one address or chainId:address a line, with # before comments, or a JSON array of the same.'],
  },
  'invalid-token-list': {
    message: 'The token list {list} cannot be read: {problem}.',
    hints: ['Give a token list (JSON), or one token address a line.'],
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
  'usage-quick-alone': {
    message: '{option} is about the search for logs, which --quick leaves out.',
    hints: ['Leave out one of the two.'],
  },
  'usage-same-file': { message: 'Two outputs would be written to the same file: {file}.', hints: [] },
  'usage-bad-value': {
    message: '{option} cannot have this value.',
    hints: ['It takes {expected}.'],
  },
  'usage-block-order': { message: '--from-block is after --block, so there is nothing to read.', hints: [] },
  'usage-facts-alone': {
    message: '{option} has no effect together with --facts: saved facts are judged without asking a node.',
    hints: ['Leave out one of the two.'],
  },
  'usage-file-unreadable': { message: 'The file {file} cannot be read ({reason}).', hints: [] },
  'usage-file-unwritable': { message: 'The file {file} cannot be written ({reason}).', hints: [] },
  'usage-not-a-report': {
    message: 'The file {file} is not a report of this program. {path}: {problem}.',
    hints: ['Reports are made with -o json=report.json.'],
  },
  'usage-misplaced-url': {
    message: 'There is a URL ({host}) where none belongs. The rest of it is not shown, because it may hold a key.',
    hints: [
      'Did you mean --rpc-url? Only it and --logs-from take a URL.',
      'Lists and reports are files: download them first.',
    ],
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
