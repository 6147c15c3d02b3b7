import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** The collector of garbage, which Node hides unless it is asked. */
export function collector(): () => void {
  setFlagsFromString('--expose-gc')
  return runInNewContext('gc') as () => void
}
