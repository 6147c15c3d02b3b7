import { bool, date, decimal, field, int, listQuery, oneOf, text, uuid } from '@fastkit/http'
import * as v from 'valibot'

const bigint = v.pipe(
  v.string(),
  v.regex(/^\d{1,18}$/),
  v.transform((digits) => BigInt(digits)),
)

/** Every kind of field with every lookup it has. */
export const filter = {
  id: uuid(['eq', 'ne', 'in', 'not_in', 'is_null', 'lt', 'lte', 'gt', 'gte', 'between']),
  status: oneOf(['draft', 'issued', 'paid'], ['eq', 'ne', 'in', 'not_in', 'is_null']),
  totalCents: int(['eq', 'ne', 'in', 'not_in', 'is_null', 'lt', 'lte', 'gt', 'gte', 'between']),
  rate: decimal(['eq', 'ne', 'in', 'not_in', 'is_null', 'lt', 'lte', 'gt', 'gte', 'between']),
  views: field(bigint, ['eq', 'ne', 'in', 'not_in', 'is_null', 'lt', 'lte', 'gt', 'gte', 'between']),
  paid: bool(['eq', 'ne', 'in', 'not_in', 'is_null']),
  dueOn: date(['eq', 'ne', 'in', 'not_in', 'is_null', 'lt', 'lte', 'gt', 'gte', 'between']),
  client__name: text([
    'eq',
    'ne',
    'in',
    'not_in',
    'is_null',
    'lt',
    'lte',
    'gt',
    'gte',
    'between',
    'contains',
    'icontains',
    'startswith',
    'istartswith',
    'endswith',
    'iendswith',
    'iexact',
  ]),
  client__city: text(['eq', 'is_null']),
  items__description: text(['icontains']),
} as const

export const invoiceList = listQuery({
  filter,
  sort: ['dueOn', 'totalCents', 'rate', 'client__name'],
  include: ['client', 'items'],
  paging: 'both',
  maxPerPage: 50,
})
