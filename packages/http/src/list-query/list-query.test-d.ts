import type { StandardSchemaV1 } from '@standard-schema/spec'
import { expectTypeOf } from 'vitest'
import { bool, date, decimal, field, int, oneOf, text } from './fields.ts'
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

// @ts-expect-error a part of a number is no number
int(['contains'])
// @ts-expect-error nothing is after true
bool(['gt'])

// Relations, each way of walking, and both.
const walked = listQuery({ include: ['owner'], paging: 'cursor' }).parse({})
expectTypeOf(walked).toEqualTypeOf<{
  perPage: number
  filter: {}
  orderBy: never[]
  include?: { owner?: true }
  cursor: string
}>()
const both = listQuery({ paging: 'both' }).parse({})
expectTypeOf(both).toEqualTypeOf<
  | { perPage: number; filter: {}; orderBy: never[]; page: number }
  | { perPage: number; filter: {}; orderBy: never[]; cursor: string }
>()

// Each lookup gives what it compares with.
const all = listQuery({
  filter: {
    price: decimal(['between', 'is_null', 'not_in']),
    views: field({} as StandardSchemaV1<string, bigint>, ['gt']),
  },
}).parse({}).filter
expectTypeOf(all).toEqualTypeOf<{
  price__between?: [string, string]
  price__is_null?: boolean
  price__not_in?: string[]
  views__gt?: bigint
}>()

// @ts-expect-error no such option
listQuery({ sorts: ['name'] })

// A list that declares nothing sorts by nothing.
expectTypeOf(listQuery({}).parse({}).orderBy).toEqualTypeOf<never[]>()
