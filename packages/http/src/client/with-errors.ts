import type { Hono } from 'hono'
import type { ExtractSchema, Schema } from 'hono/types'
import type { Failure } from '../envelope.ts'
import type { ErrorStatus } from '../status.ts'

/**
 * The app as its clients see it: what handlers return, and what they throw. `hc<WithErrors<typeof app>>(url)`.
 *
 * Any route may answer 404, 409, 422, 429 and 500; name others, or fewer, yourself: `WithErrors<typeof app, 401 | 404>`.
 * Hono's `ApplyGlobalResponse` does the same, with an answer for each status, which costs the compiler three times as much.
 */
export type WithErrors<App, Status extends ErrorStatus | 405 = 404 | 409 | 422 | 429 | 500> =
  App extends Hono<infer E, infer _ extends Schema, infer Base>
    ? Refusing<ExtractSchema<App>, Status> extends infer R extends Schema
      ? Hono<E, R, Base>
      : never
    : never

type Refusing<S, Status> = {
  [Path in keyof S]: { [Method in keyof S[Path]]: S[Path][Method] | Refusal<S[Path][Method], Status> }
}

/** Not an interface: `hc` looks for one more level of a schema in it. */
type Refusal<Route, Status> = {
  input: Route extends { input: infer Input } ? Input : never
  output: Failure
  outputFormat: 'json'
  status: Status
}
