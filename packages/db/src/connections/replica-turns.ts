export interface ReplicaTurns {
  /** The replica whose turn it is, or the preferred one where that is in use. Undefined while all of them rest. */
  next(preferred?: object): object | undefined
  /** Leaves a replica out for a while. */
  rest(replica: object): void
}

export interface ReplicaTurnsOptions {
  readonly restMs: number
  readonly now: () => number
}

/** Lets replicas take turns. */
export function createReplicaTurns(
  replicas: readonly object[],
  { restMs, now }: ReplicaTurnsOptions,
): ReplicaTurns {
  const restingUntilMs = new Map<object, number>()
  let turn = 0
  return {
    next(preferred) {
      const usable = replicas.filter((replica) => (restingUntilMs.get(replica) ?? 0) <= now())
      return usable.find((replica) => replica === preferred) ?? usable[turn++ % usable.length]
    },
    rest(replica) {
      restingUntilMs.set(replica, now() + restMs)
    },
  }
}
