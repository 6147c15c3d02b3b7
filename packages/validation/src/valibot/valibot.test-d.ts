import type { Repository } from '@fastkit/contracts'
import * as v from 'valibot'
import { expectTypeOf } from 'vitest'
import { safeValidate, validate, validateAsync } from '../validate.ts'
import {
  bool,
  createSchema,
  email,
  exists,
  integer,
  money,
  nonEmpty,
  password,
  unique,
  updateSchema,
} from './index.ts'

const Create = createSchema({
  name: nonEmpty(),
  phone: v.optional(v.nullable(nonEmpty())),
  note: v.nullish(nonEmpty(), 'none'),
  status: v.optional(v.picklist(['draft', 'paid']), 'draft'),
  stock: integer(),
})
const Update = updateSchema(Create)

type Created = {
  name: string
  phone?: string | null | undefined
  note: string | null
  status: 'draft' | 'paid'
  stock: number
}
expectTypeOf(validate(Create, {}).status).toEqualTypeOf<'draft' | 'paid'>()
expectTypeOf(validate(Create, {})).toExtend<Created>()
expectTypeOf<v.InferInput<typeof Create>['stock']>().toEqualTypeOf<string | number>()

// What was not sent is not there, and what cannot be null is not.
expectTypeOf(validate(Update, {})).toEqualTypeOf<{
  name?: string
  phone?: string | null
  note?: string | null
  status?: 'draft' | 'paid'
  stock?: number
}>()

// Any strict object can be changed.
expectTypeOf(validate(updateSchema(v.strictObject({ name: nonEmpty() })), {})).toEqualTypeOf<{
  name?: string
}>()

// An update schema can be made of the entries of a creation alone, not of one with rules about several fields.
const Ruled = v.pipe(
  Create,
  v.check(({ stock }) => stock > 0),
)
// @ts-expect-error rules about several fields do not come along
updateSchema(Ruled)

// Outputs and inputs of pieces.
expectTypeOf(validate(bool(), 'true')).toEqualTypeOf<boolean>()
expectTypeOf(validate(money(), '1')).toEqualTypeOf<string>()
const result = safeValidate(Create, {})
if (result.ok) expectTypeOf(result.value.stock).toEqualTypeOf<number>()
else expectTypeOf(result.error.errors).toEqualTypeOf<Record<string, string[]>>()

// A repository fits as it is, and the filter is checked against what it takes.
type ClientFilter = { email?: string; id?: number; id__ne?: number }
declare const clients: Repository<{ id: number }, object, object, ClientFilter, number>
const Email = v.pipeAsync(
  email(),
  unique(clients, (email) => ({ email, id__ne: 1 })),
)
expectTypeOf(await validateAsync(Email, '')).toEqualTypeOf<string>()
v.pipeAsync(
  integer(),
  exists(clients, (id) => ({ id })),
)
v.pipeAsync(
  email(),
  // @ts-expect-error there is no such field
  unique(clients, (email) => ({ mail: email })),
)
v.pipeAsync(
  integer(),
  // @ts-expect-error id is a number, an email is not
  exists(clients, (id) => ({ email: id })),
)

// @ts-expect-error there is no such class
password({ classes: ['emoji'] })
// @ts-expect-error a schema is needed
validate({}, {})
// @ts-expect-error options are named
validate(Create, {}, 'de')
