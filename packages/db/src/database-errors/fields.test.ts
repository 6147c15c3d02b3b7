import { describe, expect, test } from 'vitest'
import type { ErrorModel } from './error-model.ts'
import { fieldsOf } from './fields.ts'

function model(
  name: string,
  columns: Record<string, string | null>,
  more: Partial<ErrorModel> = {},
): ErrorModel {
  const fields = Object.entries(columns).map(([field, dbName]) => [field, { name: field, dbName }] as const)
  return { name, fields: new Map(fields), ...more }
}

const member = model('Member', { id: null, email: null, teamId: 'team_id', role: 'team', firstName: null })

describe('columns that the database names', () => {
  test('become the fields of the schema, quoted or mapped', () => {
    const fields = ['"firstName"', 'team_id']
    expect(fieldsOf({ constraint: { fields } }, member)).toEqual(['firstName', 'teamId'])
  })

  test('of another model are none', () => {
    expect(fieldsOf({ constraint: { fields: ['email', 'title'] } }, member)).toEqual([])
  })

  test('are taken as they are without a model, when they look like names', () => {
    expect(fieldsOf({ constraint: { fields: ['"firstName"', 'a secret'] } }, undefined)).toEqual([
      'firstName',
    ])
  })
})

describe('the name of an index', () => {
  const of = (index: string, known = member, table?: string) =>
    fieldsOf({ constraint: { index }, ...(table !== undefined && { table }) }, known)

  test('tells its columns', () => {
    expect(of('Member_email_key')).toEqual(['email'])
    expect(of('Member_firstName_email_key')).toEqual(['firstName', 'email'])
  })

  test('tells columns that hold the separator, all of it or nothing', () => {
    expect(of('Member_team_id_key')).toEqual(['teamId'])
    expect(of('Member_team_team_id_key')).toEqual(['role', 'teamId'])
    expect(of('Member_email_title_key')).toEqual([])
  })

  test('is not misread when the table is called like a field', () => {
    const user = model('User', { name: null, email: null }, { dbName: 'user_name' })
    expect(of('user_name_email_key', user)).toEqual(['email'])
    expect(of('user_name_email_key', model('User', { name: null, email: null }), 'user_name')).toEqual([
      'email',
    ])
  })

  test('of another table tells nothing', () => {
    expect(of('teams_email_key', { ...member, dbName: 'members' })).toEqual([])
  })

  test('of a table whose name is not known is read from the right', () => {
    expect(of('members_firstName_email_key')).toEqual(['firstName', 'email'])
  })

  test('tells a foreign key as well', () => {
    expect(of('Member_team_id_fkey')).toEqual(['teamId'])
  })

  test('may be declared, also for a primary key of several columns', () => {
    const uniques = [
      { name: 'one_per_team', fields: ['teamId', 'email'] },
      { name: 'Member_pkey', fields: ['teamId', 'role'] },
    ]
    expect(of('one_per_team', { ...member, uniques })).toEqual(['teamId', 'email'])
    expect(of('Member_pkey', { ...member, uniques })).toEqual(['teamId', 'role'])
  })

  test('of a primary key is the id, where there is one', () => {
    expect(of('PRIMARY')).toEqual(['id'])
    expect(of('Member_pkey')).toEqual(['id'])
    expect(of('PRIMARY', model('Tag', { name: null }))).toEqual([])
  })

  test('of an expression, as SQLite tells it, is looked up like any other', () => {
    const uniques = [{ name: 'lower_email', fields: ['email'] }]
    expect(fieldsOf({ constraint: { fields: ["index 'lower_email'"] } }, { ...member, uniques })).toEqual([
      'email',
    ])
  })

  test('is never shown without a model', () => {
    expect(fieldsOf({ constraint: { index: 'Member_email_key' } }, undefined)).toEqual([])
  })
})

test('a column that stands only in the text is found there', () => {
  const of = (originalMessage: string) => fieldsOf({ originalMessage }, member)
  expect(of('null value in column "firstName" of relation "Member" violates not-null constraint')).toEqual([
    'firstName',
  ])
  expect(of("Out of range value for column 'team_id' at row 1")).toEqual(['teamId'])
  expect(of("Incorrect string value: '\\xF0' for column `shop`.`Member`.`email` at row 1")).toEqual(['email'])
  expect(of("Incorrect string value: '\\xF0' for column 'email' at row 1")).toEqual(['email'])
})
