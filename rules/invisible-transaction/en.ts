import type { RuleText } from '../../src/rule.ts'

export default {
  title: 'A transaction is invisible to the endpoint',
  decides:
    'A transaction whose hash was given with --tx is unknown to the endpoint, or can never be mined. Those that it knows are reported for information: mined, pending, queued behind a missing nonce, or sent by somebody else.',
  why: 'A wallet may show a transaction as pending that no node holds any more. It is then never mined, and later ones of the account wait for its nonce.',
  messages: {
    unknown: {
      message:
        'The endpoint {host} knows {count, plural, one {no transaction with the hash {hashes}: it finds it in no block, and it does not wait there. That does not say that it is nowhere: it} other {no transactions with the hashes {hashes}: it finds them in no block, and they do not wait there. That does not say that they are nowhere: they}} may wait at another node or in a private relay of the wallet, or have been dropped or replaced, and some endpoints no longer find what was mined long ago.{second, select, asked { The second endpoint {secondHost} {answers, select, no {was asked too, and gave no answer that could be used.} some {gave no answer about {silent} of them that could be used, and does not know the others either.} other {does not know {count, plural, one {it} other {them}} either.}}} other {}} A hash is shown in full only when a node knows it, because nothing tells it from a private key before.',
      steps: [
        'Compare with the hash that the wallet shows, and the network that the wallet sent it on with {chain}. If it was no hash but a private key, {second, select, asked {{host} and {secondHost} have} other {{host} has}} seen it now: make a new account with a new Secret Recovery Phrase, and move everything there.',
        'Look at the nonce that the wallet shows for it. If the wallet, this report or a block explorer shows another transaction of this account with the same nonce, waiting or mined, that one has replaced it, as Speed up and Cancel do: leave this one as it is, and skip the steps below. {waiting, select, some {Transactions of this account already wait with these nonces: {taken}. } other {}}A transaction with a nonce below {next} was carried out or replaced, because blocks have used those nonces: look in a block explorer of {chain} which, before you send anything again.',
        'If it was sent less than five minutes ago, wait, and run this check again: a private relay, such as the smart transactions of MetaMask, shows it to nobody before it is mined.',
        'Restart the browser or the app. If the wallet shows it as pending all the same, look which RPC URL the wallet uses for {chain}, and run this check with that one: another node may hold it.',
        'If no other transaction has its nonce: to carry it out after all, choose Speed up in MetaMask, which sends it to the network again with higher fees. To give it up, choose Cancel, or send 0 to your own account with its nonce as the custom nonce, and with fees at least a tenth higher than its own.',
        '{others, select, some {Do not clear the activity data of the wallet: other transactions of the account wait, and the wallet would use their nonces again.} other {Only when nothing of this helped, no block explorer of {chain} knows the hash, and no other transaction of the account waits: clear the activity tab data of this account in the settings of MetaMask. The wallet then forgets what it waits for, and nothing changes on the chain.}}',
      ],
      links: ['transactions'],
    },
    elsewhere: {
      title: 'Another endpoint knows a transaction that this one does not',
      why: 'What a wallet shows depends on the endpoint that it asks. Where one lacks a transaction, another may have mined it already.',
      message:
        'The endpoint {host} knows no {count, plural, one {transaction with the hash {hashes}, and the second endpoint {secondHost} does. There it is {mined, plural, =0 {in no block} other {in a block}}.} other {transactions with the hashes {hashes}, and the second endpoint {secondHost} does. There {mined, plural, =0 {none of them is} one {# of them is} other {# of them are}} in a block.}}',
      steps: [
        'Do not send it again for now.',
        'Run this check with {secondHost} as the first endpoint (--rpc-url) and the same hash: it says how the transaction ended, or why it waits.',
        'If the wallet asks {host}, choose another RPC URL there.',
      ],
      links: ['transactions'],
    },
    replaced: {
      title: 'A transaction can never be mined',
      why: 'A nonce is used once. A transaction that another one has taken the nonce of is not carried out any more, however long the wallet shows it.',
      message:
        'The transaction {hash} is in no block, and its nonce {nonce} was used by {by, select, known {{successor}} other {another transaction}}.',
      steps: [
        'Look what became of the transaction that used the nonce before you send anything again: a block explorer of {chain} lists it among those of the account. It may have done the same already.',
        'If the wallet still shows the old one as pending, restart the browser or the app, and look which RPC URL the wallet uses for {chain}.',
      ],
      links: ['transactions'],
    },
    mined: {
      title: 'A transaction that you asked about was mined',
      why: 'A wallet may show a transaction as pending that is mined already. One that succeeded and is sent once more is carried out twice, and one that failed may fail again and cost its fee again.',
      message:
        'The transaction {hash} with nonce {nonce} was mined in block {block}. {ending, select, succeeded {It succeeded.} failed {It failed: it did nothing, and its fee was charged.} other {How it ended could not be read.}}',
      steps: [
        '{ending, select, succeeded {Do not send it again.} failed {Find out first why it failed before you send it again: where that was read, the finding about failed transactions says it.} other {Do not send it again until you know how it ended: a block explorer of {chain} shows that.}}',
        'If the wallet still shows it as pending, restart the browser or the app, and look which RPC URL the wallet uses for {chain}.',
      ],
      links: ['transactions'],
    },
    waiting: {
      title: 'A transaction that you asked about waits',
      why: 'Where a transaction waits decides what helps: one that is pending waits for a block, one that is queued waits for a nonce that is missing.',
      message:
        'The endpoint knows the transaction {hash} with nonce {nonce}, and it is in no block. {place, select, pending {It is pending: no nonce before it is missing.} queued {It is queued: a nonce before it is missing.} other {Whether a nonce before it is missing could not be seen: the next nonce of the account is {next}, and the endpoint does not show everything that waits.}}',
      steps: [
        '{place, select, pending {Wait for it, or follow the finding that says why it waits, if there is one.} queued {Follow the finding about the missing nonce.} other {Look in the wallet for transactions with a nonce from {next} on, and begin with the lowest: run this check again with their hashes as well.}}',
      ],
      links: ['transactions'],
    },
    foreign: {
      title: 'A transaction that you asked about is of another account',
      why: 'What becomes of it says nothing about the transactions of this account.',
      message:
        'The transaction {hash} was sent by {from}, not by this account. {ending, select, waiting {It is in no block.} succeeded {It was mined in block {block}, and succeeded.} failed {It was mined in block {block}, and failed.} other {It was mined in block {block}.}}',
      steps: [
        'If {from} is an account of yours, check that account. If it is not, look whether you copied the hash of the transaction that you mean.',
      ],
      links: ['transactions'],
    },
  },
} as const satisfies RuleText
