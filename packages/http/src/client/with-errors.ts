import type { ApplyGlobalResponse } from 'hono/client'
import type { Failure } from '../envelope.ts'

/**
 * The app as its clients see it: what handlers return, and what they throw. `hc<WithErrors<typeof app>>(url)`.
 *
 * Any route may answer 404, 409, 422, 429 and 500; name others, or fewer, yourself: `WithErrors<typeof app, 401 | 404>`.
 */
export type WithErrors<App, Status extends FailureStatus = 404 | 409 | 422 | 429 | 500> = ApplyGlobalResponse<
  App,
  { [S in Status]: { json: Failure } }
>

type FailureStatus =
  | 400
  | 401
  | 403
  | 404
  | 405
  | 409
  | 410
  | 412
  | 413
  | 415
  | 422
  | 429
  | 500
  | 502
  | 503
  | 504
