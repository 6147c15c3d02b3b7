import { Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { createLogger } from '../create-logger.ts'
import { prettyOutput } from './pretty-output.ts'

test('lines are for people, and secrets stay hidden', () => {
  let text = ''
  const destination = new Writable({
    write(chunk, _, done) {
      text += chunk
      done()
    },
  })
  const logger = createLogger({ destination: prettyOutput({ colors: false, destination }) })
  logger.info({ invoiceId: 7, password: 'hunter2' }, 'issued')
  expect(text).toMatch(
    /^\[\d\d:\d\d:\d\d\.\d{3}\] INFO: issued\n {4}invoiceId: 7\n {4}password: "\[redacted\]"\n$/,
  )
})
