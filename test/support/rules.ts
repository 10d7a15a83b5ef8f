/** Small rules for tests of the engine. */
import { defineRule, type Rule, type Severity, value, z } from '../../src/rule.ts'

const text = (title: string) => ({
  title,
  decides: 'Decides.',
  why: 'Because.',
  messages: { one: { message: `${title}: {count}`, steps: [`Do {count}`], links: ['safety' as const] } },
})

type Over = Partial<Pick<Rule, 'needs' | 'judge' | 'applies' | 'reliesOn' | 'unread'>> & {
  readonly severity?: Severity
}

/** Finds as many problems as its option says: none by default. */
export function ruleOf(id: string, over: Over = {}): Rule {
  const rule = defineRule({
    id,
    severity: over.severity ?? 'high',
    confidence: 'certain',
    needs: ['account'],
    text: { en: text(`Title of ${id}`), ja: text(`${id}の題名`) },
    options: z.object({ findings: z.number().int().nonnegative().default(0).describe('How many.') }),
    judge: (_, { findings }) => Array.from({ length: findings }, (_, index) => draftOf(index)),
  })
  return { ...rule, ...over }
}

export const draftOf = (index: number, severity?: Severity) => ({
  messageId: 'one' as const,
  subject: { kind: 'nonce' as const, nonce: index },
  data: { count: value.count(index) },
  evidence: [{ kind: 'read' as const, method: 'eth_call', block: 'latest', value: '1' }] as const,
  ...(severity !== undefined && { severity }),
})
