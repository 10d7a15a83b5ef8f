import { type AccountState, type SafeAccount, value } from '../../src/rule.ts'

export type KnownSafe = Extract<NonNullable<AccountState['safe']>, { kind: 'safe' }>

/** Who decides now and did not before, who does no more, and how many must agree. `subject` null: it is about no single owner. */
export function ownerChanges(before: KnownSafe, { owners, threshold }: SafeAccount) {
  const now = owners.map(({ address }) => address)
  const [then, today] = [before.owners, now].map((list) => new Set(list.map((owner) => owner.toLowerCase())))
  const added = now.filter((owner) => then?.has(owner.toLowerCase()) !== true)
  const removed = before.owners.filter((owner) => today?.has(owner.toLowerCase()) !== true)
  const counts = {
    threshold: value.count(threshold),
    owners: value.count(now.length),
    thresholdBefore: value.count(before.threshold),
    ownersBefore: value.count(before.owners.length),
  }
  return [
    ...added.map((owner) => ({
      messageId: 'owner-added' as const,
      subject: owner,
      data: { owner: value.address(owner), ...counts },
    })),
    ...removed.map((owner) => ({
      messageId: 'owner-removed' as const,
      severity: 'high' as const,
      subject: owner,
      data: { owner: value.address(owner), ...counts },
    })),
    ...(threshold < before.threshold
      ? [{ messageId: 'threshold-lowered' as const, subject: null, data: counts }]
      : threshold > before.threshold
        ? [{ messageId: 'threshold-raised' as const, severity: 'medium' as const, subject: null, data: counts }]
        : []),
  ]
}
