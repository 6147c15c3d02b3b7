import { invalid, ServiceError } from './errors.ts'

/** @throws ServiceError `VALIDATION_FAILED` */
export function requireInput(input: unknown): void {
  if (typeof input === 'object' && input !== null && !Array.isArray(input)) return
  throw invalid([{ path: [], code: 'OBJECT', message: 'Must be an object' }])
}

/** @throws ServiceError `VALIDATION_FAILED` */
export function requireList(input: unknown): readonly object[] {
  if (!Array.isArray(input)) throw invalid([{ path: [], code: 'LIST', message: 'Must be a list' }])
  for (const each of input) requireInput(each)
  return input
}

/** A hook that forgets to return would write nothing at all, or fail deep inside the repository. */
export function requireData(data: unknown, hook: string): unknown {
  if (typeof data === 'object' && data !== null && !Array.isArray(data) && !(data instanceof Date))
    return data
  throw new ServiceError('HOOK_RESULT', `${hook} must return the data to write`)
}
