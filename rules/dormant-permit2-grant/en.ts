import { grantWords, type RuleText } from '../../src/rule.ts'

const { reach, revoke, confirm } = grantWords.en

export default {
  title: 'A Permit2 grant sleeps',
  decides:
    'A Permit2 grant has not ended, but the token lets Permit2 take nothing now. A grant that a graver rule reports is left to that rule.',
  why: 'Nothing moves while it sleeps. The next time an app has the token approved to Permit2, the old grant wakes with it.',
  messages: {
    dormant: {
      message: `${reach}.`,
      steps: [
        `Before you approve {token} to Permit2 again, end the grant if you no longer use {spender}. ${revoke}`,
        confirm,
      ],
      links: ['safety'],
    },
  },
} as const satisfies RuleText
