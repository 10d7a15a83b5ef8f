/** Gathers calls that are asked at about the same time, so that they travel in one request. */
export type Batcher<Call> = { readonly add: (call: Call) => void }

type Setting<Call> = {
  /** How many go together now. */
  readonly most: () => number
  /** Ends when they are answered, or are known not to be. Never throws. */
  readonly send: (calls: readonly Call[]) => Promise<void>
  /** So long a few calls wait for a batch that is on its way, because its answers bring more of them. */
  readonly longestWaitMs?: number
}

export function createBatcher<Call>({ most, send, longestWaitMs = 100 }: Setting<Call>): Batcher<Call> {
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
  const look = (isLate: boolean) => {
    while (waiting.length >= most() && waiting.length > 0) sendSome(Math.max(1, most()))
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
