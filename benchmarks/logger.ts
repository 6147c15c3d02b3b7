import { createLogger, sensitiveEndings, sensitiveKeys } from '@fastkit/logger'
import { pino } from 'pino'
import { compare } from './compare.ts'

const sink = { write() {} }
const bare = pino({}, sink)
const withMixin = pino({ mixin: () => ({ requestId: 'r1' }) }, sink)
const paths = [...sensitiveKeys, ...sensitiveEndings].flatMap((key) => [key, `*.${key}`, `*.*.${key}`])
const withPaths = pino({ redact: paths }, sink)
const ours = createLogger({ destination: sink })
const child = ours.child({ module: 'billing' })
const bareChild = bare.child({ module: 'billing' })

const fields = { invoiceId: 12, client: { id: 1, name: 'Ada Verlag', city: 'Berlin' }, totalCents: 1250 }
const headers = {
  headers: { host: 'h', cookie: 'c', authorization: 'a', accept: '*/*' },
  method: 'GET',
  path: '/clients',
}

compare('A line with fields', {
  'bare pino': () => bare.info(fields, 'issued'),
  'bare pino, a mixin for the request id': () => withMixin.info(fields, 'issued'),
  '@fastkit/logger': () => ours.info(fields, 'issued'),
  'bare pino, redact paths three levels deep': () => withPaths.info(fields, 'issued'),
})
compare('A line without fields', {
  'bare pino': () => bare.info('issued'),
  '@fastkit/logger': () => ours.info('issued'),
})
compare('A line of a child', {
  'bare pino': () => bareChild.info(fields, 'issued'),
  '@fastkit/logger': () => child.info(fields, 'issued'),
})
compare('A line with something to hide', {
  'bare pino, hiding nothing': () => bare.info(headers, 'request'),
  '@fastkit/logger': () => ours.info(headers, 'request'),
  'bare pino, redact paths three levels deep': () => withPaths.info(headers, 'request'),
})
compare('A line below the level', {
  'bare pino': () => bare.debug(fields, 'no'),
  '@fastkit/logger': () => ours.debug(fields, 'no'),
})
ours.scope({ requestId: 'r1' }, () => {
  compare('A line within a request', {
    'bare pino, a mixin for the request id': () => withMixin.info(fields, 'issued'),
    '@fastkit/logger': () => ours.info(fields, 'issued'),
  })
})
