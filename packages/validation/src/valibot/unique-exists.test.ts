import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { safeValidateAsync, validate, validateAsync } from '../validate.ts'
import { createSchema, email, exists, integer, unique } from './index.ts'

/** Rows, and what was asked about them. */
function clientsOf(...emails: string[]) {
  const asked: unknown[] = []
  return {
    asked,
    async exists(filter: { email?: string; id?: number; id__ne?: number }) {
      asked.push(filter)
      return emails.some((each, at) => each === filter.email && at !== filter.id__ne) || filter.id === 1
    },
  }
}

const codesOf = async (schema: v.GenericSchema | v.GenericSchemaAsync, input: unknown) => {
  const result = await safeValidateAsync(schema, input)
  return result.ok
    ? result.value
    : result.error.issues?.map(({ path, code, message }) => [path.join('.'), code, message])
}

test('a value that a row has already is UNIQUE', async () => {
  const clients = clientsOf('ann@example.com')
  const Client = v.strictObjectAsync({
    email: v.pipeAsync(
      email(),
      unique(clients, (email) => ({ email })),
    ),
  })
  expect(await codesOf(Client, { email: 'ann@example.com' })).toEqual([
    ['email', 'UNIQUE', 'Is already taken'],
  ])
  expect(await codesOf(Client, { email: 'bob@example.com' })).toEqual({ email: 'bob@example.com' })
})

test('the row itself is left out by the filter', async () => {
  const clients = clientsOf('ann@example.com')
  const emailOf = (id: number) =>
    v.pipeAsync(
      email(),
      unique(clients, (email) => ({ email, id__ne: id })),
    )
  expect(await codesOf(emailOf(0), 'ann@example.com')).toBe('ann@example.com')
  expect(await codesOf(emailOf(7), 'ann@example.com')).toMatchObject([['', 'UNIQUE', 'Is already taken']])
})

test('a value that no row has is EXISTS, and the filter has what the steps before made of it', async () => {
  const clients = clientsOf()
  const clientId = v.pipeAsync(
    integer(),
    exists(clients, (id) => ({ id })),
  )
  expect(await codesOf(clientId, '1')).toBe(1)
  expect(await codesOf(clientId, '2')).toEqual([['', 'EXISTS', 'Does not exist']])
  expect(clients.asked).toEqual([{ id: 1 }, { id: 2 }])
})

test('nothing is asked for a value that breaks a rule before', async () => {
  const clients = clientsOf()
  const schema = v.pipeAsync(
    email(),
    unique(clients, (email) => ({ email })),
  )
  expect(await codesOf(schema, 'x')).toMatchObject([['', 'EMAIL', 'Must be an e-mail address']])
  expect(await codesOf(schema, 1)).toMatchObject([['', 'TYPE', 'Must be text']])
  expect(clients.asked).toEqual([])
})

describe('a lookup that fails', () => {
  const cause = Object.assign(new Error('down'), { kind: 'unavailable' })
  const failing = { exists: () => Promise.reject(cause) }
  const schema = v.pipeAsync(
    email(),
    unique(failing, (email) => ({ email })),
  )

  test('passes through, and is no wrong input', async () => {
    await expect(safeValidateAsync(schema, 'ann@example.com')).rejects.toBe(cause)
  })
})

test('validate says that it cannot wait', () => {
  const schema = v.pipeAsync(
    integer(),
    exists(clientsOf(), (id) => ({ id })),
  )
  expect(() => validate(schema as never, 1)).toThrow(
    expect.objectContaining({ code: 'ASYNC_SCHEMA', message: expect.stringContaining('validateAsync') }),
  )
})

test('two at once may both be told that a value is free: the index decides', async () => {
  const taken = new Set<string>()
  const rows = { exists: async ({ email }: { email: string }) => taken.has(email) }
  const Client = createSchema({ email: email() })
  const Free = v.pipeAsync(
    Client,
    unique(rows, ({ email }) => ({ email })),
  )
  const inputs = await Promise.all([1, 2].map(() => validateAsync(Free, { email: 'ann@example.com' })))
  expect(inputs.length).toBe(2)
})
