/** `wallet-checkup/testing`: what a rule's test needs. See README, "Writing a rule". */
export * from './testing/build-facts.ts'
export * from './testing/build-grants.ts'
export { judgeWith, wordsOf } from './testing/judge-with.ts'
