import { expect, test } from 'vitest'
import type { FieldMetadata, ModelMetadata } from '../metadata/metadata.ts'
import { fieldAt } from './field-at.ts'

const names = ['a', 'a__b', 'c_', 'hidden', 'hidden__c']
const model = { fields: new Map(names.map((name) => [name, { name }])) } as unknown as ModelMetadata
const find = (path: string) => {
  const found = fieldAt(model, path, ({ name }: FieldMetadata) => name !== 'hidden')
  return found && [found.field.name, found.rest]
}

test.each([
  ['a', ['a', undefined]],
  ['a__eq', ['a', 'eq']],
  ['a__b', ['a__b', undefined]],
  ['a__b__eq', ['a__b', 'eq']],
  ['a__bb__eq', ['a', 'bb__eq']],
  ['a__', ['a', '']],
  ['c___gte', ['c_', 'gte']],
  ['a___gte', ['a', '_gte']],
  ['hidden__c', ['hidden__c', undefined]],
  ['hidden', undefined],
  ['hidden__eq', undefined],
  ['b', undefined],
  ['__a', undefined],
  ['_', undefined],
  ['', undefined],
])('the path %j begins with a field, and leaves %j', (path, expected) => {
  expect(find(path)).toEqual(expected)
})
