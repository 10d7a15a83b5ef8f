import type { RuleText } from '../../src/rule.ts'

const failed = 'The transaction {hash} failed ({time}) and cost {fee} all the same'
const used = 'it used {gasUsed} of the {gasLimit} gas it was allowed'
const ranOut =
  '{replay, select, proven {and the same call goes through with twice as much, so it ran out of gas} unread {so it may have run out of gas: the call could not be replayed to make sure} other {so it most likely ran out of gas}}'
const unchanged = 'Nothing but the fee left the account: what the transaction should have moved is where it was.'

export default {
  title: 'A transaction failed',
  decides:
    'A transaction of the account was mined as failed in the last 90 days. Without --history, only the newest 300 of them are looked at.',
  why: 'A failed transaction costs its fee, and sending it again unchanged often costs another one. Fees are not paid back.',
  messages: {
    'out-of-gas': {
      message: `${failed}: ${used}, ${ranOut}.`,
      steps: [
        unchanged,
        'Before you send it again, open the fee settings in MetaMask and raise the gas limit to {newGasLimit}{room, select, capped {, the most that one transaction may have on this chain now} other {}}. Gas that is not used is not charged.',
        'If it fails again at the higher limit, {room, select, capped {do less in one transaction, or ask the project behind the contract, through its official page.} other {{replay, select, proven {do not raise it further: ask the project behind the contract, through its official page.} other {ask the project behind the contract, through its official page, before you raise it further.}}}}',
      ],
      links: ['failures'],
    },
    'gas-cap': {
      message: `${failed}: ${used}, ${ranOut}. On this chain one transaction may have no more than {newGasLimit} now.`,
      steps: [
        unchanged,
        'Do less in one transaction: fewer items or a smaller part, and the rest in further transactions. A higher gas limit would be refused.',
        'If it cannot be divided, ask the project behind the contract through its official page.',
      ],
      links: ['failures'],
    },
    'all-gas-used': {
      message: `${failed}: ${used}, and the same call fails with twice as much.`,
      steps: [
        unchanged,
        'Do not raise the gas limit: it would cost more and fail again. If MetaMask warns before you confirm that it is likely to fail, believe it.',
        'Ask the project behind the contract through its official page.',
      ],
      links: ['failures'],
    },
    funds: {
      message: `${failed}: a balance or an allowance was too small ({reason}).`,
      steps: [
        unchanged,
        'Compare the amount with what the account held at that time, and with what the contract may take of it. Tokens that take a fee on each transfer arrive as less.',
        'Send it again only with an amount that both cover. Allow the contract no more than that amount.',
      ],
      links: ['failures'],
    },
    nonce: {
      message: `${failed}: a signature or an order in it was used before, or was made for another turn ({reason}).`,
      steps: [
        unchanged,
        'Look whether the same order already went through: then it is done, and nothing is to be sent again.',
        'If it did not, begin again on the official page of the project, so that a new signature is made.',
      ],
      links: ['failures'],
    },
    slippage: {
      message: `${failed}: the price moved or its time ran out before it was mined ({reason}).`,
      steps: [
        unchanged,
        'Ask for a new quote before you try again, and confirm it soon.',
        'If it fails again, trade a smaller amount or pay the market fee so that it is mined sooner. Allow more slippage only by as much as you are ready to lose.',
      ],
      links: ['failures'],
    },
    reverted: {
      message: `${failed}: the contract refused it with {form, select, selector {the error code} other {the words}} {reason}.`,
      steps: [
        unchanged,
        'Do not send it again unchanged.{form, select, selector {} other { The words come from the contract: never open a site or follow an instruction that stands in them.}}',
        'Look up the condition that {form, select, selector {this code stands for} other {they name}} on the official page of the project behind the contract.',
      ],
      links: ['failures'],
    },
    panic: {
      message: `${failed}: a check that the compiler puts into contracts stopped it (Panic {code}{check, select, arithmetic {: a number would have fallen below zero or grown too large} assertion {: a condition that must always hold did not} division {: a division by zero} index {: a list was too short} other {}}).`,
      steps: [
        unchanged,
        'Do not send it again unchanged.{check, select, arithmetic { Most often a balance or an allowance is smaller than the amount: compare the amount with what the account holds, and with what the contract may take of it.} other {}}',
        'If you do not find the reason, ask the project behind the contract through its official page, and name the code Panic {code}.',
      ],
      links: ['failures'],
    },
    'reverted-unknown': {
      message: `${failed}: the contract refused it, and gave no reason that could be read.`,
      steps: [
        unchanged,
        'Do not send it again unchanged. If MetaMask warns before you confirm that it is likely to fail, believe it.',
        'Look the transaction up in a block explorer of the chain, or ask the project behind the contract through its official page.',
      ],
      links: ['failures'],
    },
  },
} as const satisfies RuleText
