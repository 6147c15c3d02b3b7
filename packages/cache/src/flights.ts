import { createWaits, type Waiter } from './context/waits.ts'
import { CacheError } from './errors.ts'
import { matches } from './keys/pattern.ts'
import { groupOf } from './store.ts'

/** How a load ended. Each caller reads a value of its own. */
export interface Landing {
  read(): unknown
}

/** What a flight does. */
export interface FlightWork {
  /** Loads; calls `began` whenever it is about to look at what may change: what it saw before does not count. */
  load(began: () => void): Promise<Landing>
  /** Stores what was loaded; tells whether it was outdated by then. */
  store(): Promise<boolean>
}

export interface FlightPlan {
  readonly key: string
  readonly tags: readonly string[]
  /** Whether only a load that begins from now on will do, whatever the store has: `refresh`. */
  readonly forced: boolean
}

/** The loads under way, one per key at most. */
export interface Flights {
  has(key: string): boolean
  /**
   * Waits for the load of a key, or begins one. Undefined when that is no answer, and the caller has to look again: it
   * came after the load had begun, and that was outdated while it ran, or was being stored already, or `forced` asks for
   * a later one.
   *
   * @throws CacheError `CACHE_REENTRY` where that would wait for itself.
   */
  join(plan: FlightPlan, begin: () => FlightWork): Promise<Landing | undefined>
  /** Begins a load that nobody waits for, if there is none. Rejects as the load does. */
  behind(plan: FlightPlan, begin: () => FlightWork): Promise<void>
  outdateKeys(keys: readonly string[]): void
  outdatePattern(parts: readonly string[]): void
  outdateGroup(group: string): void
  outdateTags(tags: readonly string[]): void
}

interface Flight extends FlightPlan, Waiter {
  /** How often it has begun to look. What it found the last time is new for whoever came before that. */
  begun: number
  /** What it loads is old for whoever comes later. */
  outdated: boolean
  /** The value, as soon as it is there. */
  readonly loaded: Promise<Landing>
  /** Ends once it is stored and `outdated` is known for sure, or the load has failed. */
  readonly settled: Promise<void>
}

export function createFlights(): Flights {
  const flights = new Map<string, Flight>()
  const waits = createWaits()
  return {
    has: (key) => flights.has(key),
    join,
    behind,
    outdateKeys(keys) {
      for (const key of keys) outdate(flights.get(key))
    },
    outdatePattern: (parts) => outdateWhere(({ key }) => matches(key, parts)),
    outdateGroup: (group) => outdateWhere(({ key }) => groupOf(key) === group),
    outdateTags: (tags) => outdateWhere((flight) => flight.tags.some((tag) => tags.includes(tag))),
  }

  async function join(plan: FlightPlan, begin: () => FlightWork): Promise<Landing | undefined> {
    const flight = flights.get(plan.key) ?? start(plan, begin())
    if (waits.wouldDeadlock(flight)) throw reentry(plan.key)
    // While it is being stored the store may have answered already, and another process may have changed it since.
    // Whoever wants what is loaded from now on shares a flight of that kind only before it has begun to look.
    if (flight.done || (plan.forced && (!flight.forced || flight.begun > 0))) {
      await waits.during(flight, flight.settled) // its failure is not ours
      return undefined
    }
    const { begun } = flight
    try {
      const landing = await waits.during(flight, flight.loaded)
      if (flight.begun > begun) return landing
      await flight.settled
      return flight.outdated ? undefined : landing
    } catch (error) {
      if (flight.begun > begun || !flight.outdated) throw error
      return undefined
    }
  }

  async function behind(plan: FlightPlan, begin: () => FlightWork): Promise<void> {
    if (!flights.has(plan.key)) await start(plan, begin()).loaded
  }

  function start(plan: FlightPlan, work: FlightWork): Flight {
    const { key, tags, forced } = plan
    const loaded = load()
    const flight: Flight = {
      key,
      tags,
      forced,
      begun: 0,
      outdated: false,
      done: false,
      waitsFor: undefined,
      loaded,
      settled: settle(),
    }
    flights.set(key, flight)
    return flight

    async function load(): Promise<Landing> {
      await undefined // by the next turn everybody knows of the flight, also what its load calls at once
      return await waits.run(flight, () => work.load(began))
    }

    async function settle(): Promise<void> {
      try {
        await loaded
        flight.done = true
        if (await work.store()) flight.outdated = true
      } catch {
        flight.done = true // those who wait for `loaded` hear of it
      }
      flights.delete(key)
    }

    function began(): void {
      flight.begun++
      flight.outdated = false
    }
  }

  function outdateWhere(concerns: (flight: Flight) => boolean): void {
    for (const flight of flights.values()) if (concerns(flight)) outdate(flight)
  }
}

function outdate(flight: Flight | undefined): void {
  if (flight) flight.outdated = true
}

function reentry(key: string): CacheError {
  return new CacheError('CACHE_REENTRY', 'A load asks for its own key', { params: { key } })
}
