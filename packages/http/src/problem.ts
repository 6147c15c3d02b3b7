import type { Failure, WireIssue } from './envelope.ts'

/** An error as RFC 9457 has it, with the same code, messages and request id as in the envelope. */
export interface Problem {
  /** `about:blank`: `code` tells what happened, no page does. */
  type: 'about:blank'
  /** The name of the status. */
  title: string
  status: number
  /** For people. */
  detail: string
  /** Stable, SCREAMING_SNAKE. */
  code: string
  errors?: Record<string, string[]>
  issues?: WireIssue[]
  requestId?: string
}

export const problemType = 'application/problem+json'

/** Says the same as the envelope in the words of RFC 9457. */
export function problem(status: number, { success: _, message, code, ...rest }: Failure): Problem {
  return {
    type: 'about:blank',
    title: titles[status] ?? `Status ${status}`,
    status,
    detail: message,
    code,
    ...rest,
  }
}

/** As in RFC 9110 §15, which RFC 9457 asks for beside `about:blank`. */
export const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  402: 'Payment Required',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  408: 'Request Timeout',
  409: 'Conflict',
  410: 'Gone',
  411: 'Length Required',
  412: 'Precondition Failed',
  413: 'Content Too Large',
  414: 'URI Too Long',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  428: 'Precondition Required',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
}
