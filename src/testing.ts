/** `wallet-checkup/testing`: what a rule's test needs. See README, "Writing a rule". */
export * from './testing/build-facts.ts'
export * from './testing/build-grants.ts'
export { type GivenFacts, judgeWith, wordsOf } from './testing/judge-with.ts'
export { type RuleCase, type RuleCases, testRule } from './testing/test-rule.ts'
