import { createWaits, type Waiter } from './context/waits.ts'
import { CacheError } from './errors.ts'
import { matches } from './keys/pattern.ts'
import { roomyMap } from './roomy-map.ts'
import { groupOf } from './store.ts'

/** Whom a load tells that it is about to look. */
export interface Beginner {
  begin(): void
}

/** A load that is wanted, and what a flight does for it. */
export interface FlightWork<Landed> {
  readonly key: string
  readonly tags: readonly string[]
  /** Whether only a load that begins from now on will do, whatever the store has: `refresh`. */
  readonly forced: boolean
  /** Loads; calls `begin` whenever it is about to look at what may change: what it saw before does not count. */
  load(flight: Beginner): unknown
  /** Makes what was loaded what those who wait for it get. */
  seal(value: unknown): Landed
  /** Stores what was loaded; tells whether it was outdated by then. */
  store(): boolean | Promise<boolean>
}

/** The loads under way, one per key at most. */
export interface Flights<Landed> {
  has(key: string): boolean
  /**
   * Waits for the load of a key, or begins one. Undefined when that is no answer, and the caller has to look again: it
   * came after the load had begun, and that was outdated while it ran, or was being stored already, or `forced` asks for
   * a later one.
   *
   * @throws CacheError `CACHE_REENTRY` where that would wait for itself.
   */
  join(work: FlightWork<Landed>): Promise<Landed | undefined>
  /**
   * Waits for the load of a key that has not begun to look, so that what it brings is new for whoever comes now.
   * Undefined when there is none. Rejects as `join` does.
   */
  early(key: string): Promise<Landed> | undefined
  /** Begins the load of a key that has none under way, and waits for it. */
  first(work: FlightWork<Landed>): Promise<Landed>
  /** Begins a load that nobody waits for, if there is none. Rejects as the load does. */
  behind(work: FlightWork<Landed>): Promise<void>
  outdateKeys(keys: readonly string[]): void
  outdatePattern(parts: readonly string[]): void
  outdateGroup(group: string): void
  outdateTags(tags: readonly string[]): void
}

/** A load under way. */
class Flight<Landed> implements Beginner, Waiter {
  readonly work: FlightWork<Landed>
  /** How often it has begun to look. What it found the last time is new for whoever came before that. */
  begun = 0
  /** What it loads is old for whoever comes later. */
  outdated = false
  /** Whether it has loaded, or failed; it may still be being stored. */
  done = false
  waitsFor: Set<Waiter> | undefined = undefined
  /** The value, as soon as it is there. */
  loaded: Promise<Landed> | undefined = undefined
  /** Absent until it is being stored by a store that has to be waited for. */
  stored: Promise<void> | undefined = undefined

  constructor(work: FlightWork<Landed>) {
    this.work = work
  }

  begin(): void {
    this.begun++
    this.outdated = false
  }
}

export function createFlights<Landed>(): Flights<Landed> {
  const flights = roomyMap<Flight<Landed>>()
  const waits = createWaits()
  return {
    has: (key) => flights.has(key),
    join,
    early,
    first,
    async behind(work) {
      if (!flights.has(work.key)) await start(work).loaded
    },
    outdateKeys(keys) {
      for (const key of keys) outdate(flights.get(key))
    },
    outdatePattern: (parts) => outdateWhere(({ key }) => matches(key, parts)),
    outdateGroup: (group) => outdateWhere(({ key }) => groupOf(key) === group),
    outdateTags: (tags) => outdateWhere((work) => work.tags.some((tag) => tags.includes(tag))),
  }

  function join(work: FlightWork<Landed>): Promise<Landed | undefined> {
    const flight = flights.get(work.key) ?? start(work)
    // While it is being stored the store may have answered already, and another process may have changed it since.
    // Whoever wants what is loaded from now on shares a flight of that kind only before it has begun to look.
    if (flight.done || (work.forced && (!flight.work.forced || flight.begun > 0))) {
      return waits.during(flight, settled(flight)) ?? reentry(work.key) // its failure is not ours
    }
    const loaded = waits.during(flight, flight.loaded as Promise<Landed>)
    if (loaded === undefined) return reentry(work.key)
    return flight.begun === 0 ? loaded : landedSince(flight, flight.begun, loaded)
  }

  function early(key: string): Promise<Landed> | undefined {
    const flight = flights.get(key)
    if (flight === undefined || flight.done || flight.begun > 0) return undefined
    return waits.during(flight, flight.loaded as Promise<Landed>) ?? reentry(key)
  }

  function first(work: FlightWork<Landed>): Promise<Landed> {
    const flight = start(work)
    return waits.during(flight, flight.loaded as Promise<Landed>) ?? reentry(work.key)
  }

  function start(work: FlightWork<Landed>): Flight<Landed> {
    const flight = new Flight(work)
    flights.set(work.key, flight)
    flight.loaded = fly(flight)
    return flight
  }

  async function fly(flight: Flight<Landed>): Promise<Landed> {
    const { work } = flight
    await undefined // by the next turn everybody knows of the flight, also what its load calls at once
    let landed: Landed
    try {
      landed = work.seal(await waits.run(flight, loadOf))
    } catch (error) {
      flight.done = true
      flights.delete(work.key)
      throw error
    }
    flight.done = true
    store(flight)
    return landed
  }

  /** What is loaded is loaded, whatever the store does. */
  function store(flight: Flight<Landed>): void {
    try {
      const outdated = flight.work.store()
      if (typeof outdated === 'boolean') end(flight, outdated)
      else flight.stored = outdated.then((late) => end(flight, late)).catch(() => end(flight, false))
    } catch {
      end(flight, false)
    }
  }

  function end(flight: Flight<Landed>, outdated: boolean): void {
    if (outdated) flight.outdated = true
    flights.delete(flight.work.key)
  }

  function outdateWhere(concerns: (work: FlightWork<Landed>) => boolean): void {
    for (const flight of flights.values()) if (flight && concerns(flight.work)) outdate(flight)
  }
}

function loadOf(flight: Flight<unknown>): unknown {
  return flight.work.load(flight)
}

/** For one who came when the load had begun: what it brings may be older than what was invalidated before that. */
async function landedSince<Landed>(
  flight: Flight<Landed>,
  begun: number,
  loaded: Promise<Landed>,
): Promise<Landed | undefined> {
  try {
    const landed = await loaded
    if (flight.begun > begun) return landed
    await flight.stored
    return flight.outdated ? undefined : landed
  } catch (error) {
    if (flight.begun > begun || !flight.outdated) throw error
    return undefined
  }
}

/** Ends once it is stored and `outdated` is known for sure, or the load has failed. */
async function settled(flight: Flight<unknown>): Promise<undefined> {
  try {
    await flight.loaded
    await flight.stored
  } catch {
    // whoever waits for `loaded` hears of it
  }
}

function outdate(flight: Flight<unknown> | undefined): void {
  if (flight) flight.outdated = true
}

function reentry(key: string): Promise<never> {
  const error = new CacheError('CACHE_REENTRY', 'A load asks for its own key', { params: { key } })
  return Promise.reject(error)
}
