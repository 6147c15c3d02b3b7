import { expect, test } from 'vitest'
import { schemaOf } from './schema.ts'

const models = schemaOf(10)
  .split(/^model /m)
  .slice(1)

test('relations form a ring: the last model points to the first', () => {
  expect(models).toHaveLength(10)
  expect(models[9]).toContain('next      M0 @relation("next9"')
  expect(models[0]).toContain('previous  M9[] @relation("next9")')
  expect(models[0]).toContain('leapers   M3[] @relation("leap3")')
})

test('every model has 11 to 13 columns, a Json, a Decimal, an enum and the fields of the mixins', () => {
  for (const model of models) {
    const columns = model.split('\n').filter((line) => /^ {2}\w/.test(line) && !line.includes('@relation'))
    expect(columns.length).toBeGreaterThanOrEqual(11)
    expect(columns.length).toBeLessThanOrEqual(13)
    for (const type of ['Json?', 'Decimal', 'Status', 'createdAt DateTime', 'deletedAt DateTime?']) {
      expect(model).toContain(type)
    }
  }
})
