import { integer } from '@fastkit/validation/valibot'
import * as v from 'valibot'

/** The `:id` of a path. */
export const IdParam = v.object({ id: integer({ min: 0 }) })
