import { expectTypeOf } from 'vitest'
import { date, int, oneOf, text } from './fields.ts'
import { listQuery } from './list-query.ts'

const list = listQuery({
  filter: {
    name: text(['eq', 'startswith']),
    age: int(['in']),
    born: date(['gte']),
    status: oneOf(['a', 'b'], ['eq']),
  },
  sort: ['name', 'age'],
})
const request = list.parse({})

expectTypeOf(request.orderBy).toEqualTypeOf<('name' | 'age' | '-name' | '-age')[]>()
expectTypeOf(request.filter.name).toEqualTypeOf<string | undefined>()
expectTypeOf(request.filter.name__startswith).toEqualTypeOf<string | undefined>()
expectTypeOf(request.filter.age__in).toEqualTypeOf<number[] | undefined>()
expectTypeOf(request.filter.born__gte).toEqualTypeOf<Date | undefined>()
expectTypeOf(request.filter.status).toEqualTypeOf<'a' | 'b' | undefined>()
// @ts-expect-error not declared
request.filter.age

// @ts-expect-error no such lookup
text(['like'])

// A list that declares nothing sorts by nothing.
expectTypeOf(listQuery({}).parse({}).orderBy).toEqualTypeOf<never[]>()
