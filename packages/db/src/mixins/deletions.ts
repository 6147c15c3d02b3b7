import { errorModelOf } from '../database-errors/error-model-of.ts'
import { translateDatabaseError } from '../database-errors/translate-database-error.ts'
import { DbError } from '../errors.ts'
import type { Metadata, ModelMetadata } from '../metadata/metadata.ts'
import { type HookCall, queryBeside } from '../prisma-internals.ts'
import type { Rewritten } from '../rewrite/rewrite-call.ts'
import type { Shape } from '../rewrite/shape.ts'
import { inCallTransaction, type TransactionSource } from './call-transaction.ts'
import { type Cascades, cascadeDeletion, cascadeRestoring } from './cascade.ts'
import { runCall } from './run-call.ts'

/** What is known of a client's soft deletes. */
export interface Deletions extends TransactionSource {
  readonly metadata: Metadata
  /** The field that says when a row was deleted, by model. */
  readonly softDelete: ReadonlyMap<string, string>
  readonly cascades: Cascades
}

interface Moment {
  readonly applying: Deletions
  readonly now: Date
}

/** Runs a call that deletes rows, at whatever depth, and then what these deletions entail. All or nothing. */
export async function deleteWithChildren(
  hooked: HookCall,
  rewritten: Rewritten,
  { applying, now }: Moment,
): Promise<unknown> {
  return inCallTransaction(hooked, applying, async (within) => {
    const result = await runCall(within, rewritten)
    await cascadeDeletion(within, applying.cascades, { models: rewritten.deletes, now })
    return result
  })
}

/**
 * Restores one row, and what was deleted with it. All or nothing.
 *
 * @throws DbError `UNIQUE_VIOLATION` when a live row has taken its key
 */
export async function restore(
  hooked: HookCall,
  rewritten: Rewritten,
  { applying, now }: Moment,
): Promise<unknown> {
  const model = applying.metadata.models.get(hooked.model ?? '') as ModelMetadata
  try {
    if (!applying.cascades.has(model.name)) return await runCall(hooked, rewritten)
    return await inCallTransaction(hooked, applying, async (within) => {
      const deletion = await readDeletion(within, model, rewritten.args['where'])
      const result = await runCall(within, rewritten)
      if (deletion) await cascadeRestoring(within, applying.cascades, { ...deletion, now })
      return result
    })
  } catch (error) {
    const translated = translateDatabaseError(error, errorModelOf(model))
    throw translated instanceof DbError && translated.code === 'UNIQUE_VIOLATION' ? translated : error
  }

  async function readDeletion(within: HookCall, { name, key }: ModelMetadata, where: unknown) {
    const field = applying.softDelete.get(name) as string
    const select = Object.fromEntries([...key, field].map((column) => [column, true]))
    const found = await queryBeside({ model: name, operation: 'findUnique', args: { where, select } }, within)
    if (!found) return undefined
    const { [field]: deletedAt, ...row } = found as Shape
    return { model: name, row, deletedAt: deletedAt as Date }
  }
}
