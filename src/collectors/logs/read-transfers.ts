/** Whom the account's transfers name: noted while all logs go by, and read when it is known who of them matters. */
import type { Address } from 'viem'
import type { PartiesInLogs } from '../../core/facts.ts'
import type { LogFilter, PackedLogs } from '../../core/log-scan.ts'
import { chooseCounterparties, recipientsIn } from '../../domain/choose-counterparties.ts'
import { createCounterpartyTable } from '../../domain/counterparty-table.ts'
import { partyReader } from '../../domain/party-reader.ts'
import type { Side } from '../../domain/transfer-rows.ts'

type Hear = (filter: LogFilter, logs: PackedLogs) => void
type Passes = {
  /** Hears all logs. */
  readonly first: Hear
  /** To be called after the first pass, for who hears all logs once more. */
  readonly second: () => Hear
  readonly result: () => PartiesInLogs
}

const sides: Readonly<Record<string, Side>> = { granted: 1, received: 2 }

type Wanted = {
  readonly owner: Address
  /** Addresses that matter whoever they resemble. */
  readonly listed: readonly Address[]
  /** Contracts of listed tokens, in lower case. */
  readonly tokens: ReadonlySet<string>
}

export function readTransfers({ owner, listed, tokens }: Wanted): Passes {
  const table = createCounterpartyTable(owner)
  let leftOut: PartiesInLogs['leftOut'] = []
  let parties = partyReader({ chosen: new Set(), closely: new Set(), listed: tokens })
  return {
    first: ({ name }, logs) => {
      const side = sides[name]
      if (side !== undefined) table.add(logs, side)
    },
    second: () => {
      const chosen = chooseCounterparties(table, { listed })
      leftOut = chosen.leftOut
      parties = partyReader({ chosen: chosen.addresses, closely: chosen.closely, listed: tokens })
      return ({ name }, logs) => {
        const side = sides[name]
        if (side !== undefined) parties.add(logs, side)
      }
    },
    result: () => ({
      parties: [...parties.result()],
      counterparties: table.count(),
      recipients: recipientsIn(table),
      leftOut: [...leftOut],
    }),
  }
}
