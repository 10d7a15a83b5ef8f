/** A rule that is watched while it judges: no clock, no chance, and what it throws is kept, which a run turns into an outcome. */
import type { Rule } from '../core/rule.ts'

export type Watched = { readonly rule: Rule; readonly thrown: () => unknown }

export function watched(rule: Rule): Watched {
  let thrown: unknown
  const watch =
    <Input extends readonly unknown[], Output>(call: (...input: Input) => Output) =>
    (...input: Input): Output => {
      try {
        return withoutClock(() => call(...input))
      } catch (error) {
        thrown = error
        throw error
      }
    }
  const { reliesOn, unread, applies, judge } = rule
  return {
    rule: { ...rule, reliesOn: watch(reliesOn), unread: watch(unread), applies: watch(applies), judge: watch(judge) },
    thrown: () => thrown,
  }
}

/** `call` is synchronous, so nobody else meets a process without a clock. */
function withoutClock<Output>(call: () => Output): Output {
  const { Date: clock } = globalThis
  const { random } = Math
  globalThis.Date = timeless(clock)
  Math.random = () => refuse('Math.random')
  try {
    return call()
  } finally {
    globalThis.Date = clock
    Math.random = random
  }
}

/** Dates that are written out can still be read. */
function timeless(clock: DateConstructor): DateConstructor {
  return new Proxy(clock, {
    get: (target, key) => (key === 'now' ? () => refuse('Date.now') : Reflect.get(target, key)),
    construct: (target, given) => (given.length === 0 ? refuse('new Date()') : Reflect.construct(target, given)),
    apply: () => refuse('Date()'),
  })
}

function refuse(what: string): never {
  throw new Error(`${what} was used. A rule judges facts: the times are in them.`)
}
