import { HttpError } from '../errors.ts'

/** Says what to do when an address cannot be had. */
export function listenError(error: NodeJS.ErrnoException, hostname: string, port: number): HttpError {
  return new HttpError('CANNOT_LISTEN', messageFor(error, hostname, port), { cause: error })
}

function messageFor({ code, message }: NodeJS.ErrnoException, hostname: string, port: number): string {
  if (code === 'EADDRINUSE')
    return `port ${port} of ${hostname} is in use: stop what uses it, or take another`
  if (code === 'EACCES') return `port ${port} needs more rights: take one above 1023`
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `${hostname} is no address of this machine: take one that is, or 0.0.0.0 for all`
  return `cannot listen on ${hostname}:${port}: ${message}`
}
