import { expect, test } from 'vitest'
import { ourErrors } from './check-types.ts'

test('errors in our declarations and in the importing file count, those of other libraries do not', () => {
  const output = [
    "consumer.mts(3,21): error TS2307: Cannot find module '@fastkit/http/gone'.",
    "node_modules/@fastkit/http/dist/index.d.ts(2,24): error TS2307: Cannot find module 'x'.",
    "  Type 'a' is not assignable to type 'b'.",
    "node_modules/hono/dist/types/ws.d.ts(1,1): error TS2304: Cannot find name 'CloseEvent'.",
    "error TS2688: Cannot find type definition file for 'node'.",
    '',
  ].join('\n')
  expect(ourErrors(output)).toEqual([
    "consumer.mts(3,21): error TS2307: Cannot find module '@fastkit/http/gone'.",
    "@fastkit/http/dist/index.d.ts(2,24): error TS2307: Cannot find module 'x'.",
    "error TS2688: Cannot find type definition file for 'node'.",
  ])
})
