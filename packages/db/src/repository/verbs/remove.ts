import { delegateOf, softDelegateOf } from '../../reading/source.ts'
import { writing } from '../run.ts'
import { requireSoftDelete, rowOrFail, selected, type Target, type UntypedSelection } from '../target.ts'
import { ofVersion } from '../version.ts'
import type { Changing } from './update.ts'

export async function remove(
  target: Target,
  key: unknown,
  { version, ...selection }: Changing = {},
): Promise<object> {
  return ofVersion(target, key, version, (on, where) =>
    writing(on, (client) => delegateOf(client, on.source).delete({ where, ...selected(selection) })),
  )
}

export async function restore(target: Target, key: unknown, selection?: UntypedSelection): Promise<object> {
  requireSoftDelete(target)
  const where = rowOrFail(target, key)
  return writing(target, (client) =>
    softDelegateOf(client, target.source).restore({ where, ...selected(selection) }),
  )
}

export async function forceDelete(
  target: Target,
  key: unknown,
  selection?: UntypedSelection,
): Promise<object> {
  requireSoftDelete(target)
  const where = rowOrFail(target, key)
  return writing(target, (client) =>
    softDelegateOf(client, target.source).forceDelete({ where, ...selected(selection) }),
  )
}

export async function purge(target: Target, before: { readonly olderThan: Date }): Promise<number> {
  requireSoftDelete(target)
  const { publication, source } = target
  return writing(target, (client) => {
    const rows = softDelegateOf(client, source)
    return (publication ? rows[publication]() : rows).purge(before)
  })
}
