import { expect, test } from 'vitest'
import { seal } from '../node/seal.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'

const list = { model: 'Author', order: ['name', 'id'], filter: {} }

test('a cursor is read as it was written', () => {
  const position = { side: 'after', values: ['Ann', 7] } as const
  expect(decodeCursor(encodeCursor(position, list), list)).toEqual(position)
})

test.each([
  'not json',
  '{}',
  '[1]',
  'null',
  '[1,"x",["a",1]]',
  '[1,"after","ab"]',
  '[1,"after",["a"]]',
  '[1,"after",["a",{}]]',
  '[2,"after",["a",1]]',
])('one that somebody made and sealed is refused, as if it were changed: %s', (content) => {
  const payload = Buffer.from(content).toString('base64url')
  const sealed = `${payload}.${seal([payload, 'Author', 'name,id', '{}'].join('\n'), undefined)}`
  expect(() => decodeCursor(sealed, list)).toThrow(expect.objectContaining({ code: 'CURSOR_INVALID' }))
})
