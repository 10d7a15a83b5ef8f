/** Gathers calls that are asked at about the same time, so that they travel in one request. */
export type Batcher<Call> = { readonly add: (call: Call) => void }

type Setting<Call> = {
  /** How many go together now. */
  readonly most: () => number
  /** What a call weighs, and the most that some may weigh together; nothing when absent. */
  readonly weighing?: { readonly weigh: (call: Call) => number; readonly most: number }
  /** Ends when they are answered, or are known not to be. Never throws. */
  readonly send: (calls: readonly Call[]) => Promise<void>
  /** So long a few calls wait for a batch that is on its way, because its answers bring more of them. */
  readonly longestWaitMs?: number
}

export function createBatcher<Call>({ most, weighing, send, longestWaitMs = 100 }: Setting<Call>): Batcher<Call> {
  const waiting: Call[] = []
  let underWay = 0
  let isLooking = false
  let timer: NodeJS.Timeout | undefined

  const sendSome = (count: number) => {
    underWay++
    void send(waiting.splice(0, count)).finally(() => {
      underWay--
      lookSoon()
    })
  }
  /** How many of the first fit into one; at least one. */
  const fitting = () => {
    let weight = 0
    const end = waiting.findIndex((call, index) => {
      weight += weighing?.weigh(call) ?? 0
      return index > 0 && (index >= most() || weight > (weighing?.most ?? 0))
    })
    return end < 0 ? waiting.length : end
  }
  const look = (isLate: boolean) => {
    for (let count = fitting(); count > 0 && (count < waiting.length || count >= most()); count = fitting())
      sendSome(count)
    clearTimeout(timer)
    if (waiting.length === 0) return
    if (underWay === 0 || isLate) sendSome(waiting.length)
    else timer = setTimeout(() => look(true), longestWaitMs)
  }
  // After everything that the last answers set going has been asked.
  const lookSoon = () => {
    if (isLooking) return
    isLooking = true
    setImmediate(() => {
      isLooking = false
      look(false)
    })
  }
  return {
    add: (call) => {
      waiting.push(call)
      lookSoon()
    },
  }
}
