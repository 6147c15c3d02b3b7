import { choiceOf } from './choice.ts'
import { I18nError } from './errors.ts'
import { findNode } from './find-node.ts'
import { lessSpecific, requireLocaleTag } from './locale-tag.ts'

export type Catalogs = Readonly<Record<string, object>>

/** Catalogues above others, by language tag. */
export interface CatalogLayers {
  /** Finds the message of a key in the catalogue of a tag, or in those below it; `undefined` where there is none. */
  find(tag: string, key: string): unknown
  /** Lists a tag and its less specific forms, as far as there are catalogues of them. */
  tagsFor(tag: string): readonly string[]
}

/** @throws I18nError `LOCALE_INVALID`, `CATALOG_CONFLICT` */
export function createCatalogLayers(upperFirst: readonly Catalogs[]): CatalogLayers {
  const layers = upperFirst.map(byTag)
  return { find, tagsFor }

  function find(tag: string, key: string): unknown {
    return layers.map((layer) => findNode(layer.get(tag), key)).find(isMessage)
  }

  function tagsFor(tag: string): readonly string[] {
    return lessSpecific(tag).filter((each) => layers.some((layer) => layer.has(each)))
  }
}

function byTag(catalogs: Catalogs): ReadonlyMap<string, object> {
  const names = Object.keys(catalogs)
  const layer = new Map(Object.entries(catalogs).map(([name, catalog]) => [requireLocaleTag(name), catalog]))
  if (layer.size === names.length) return layer
  throw new I18nError('CATALOG_CONFLICT', `Two of the catalogues are of the same locale: ${names.join(', ')}`)
}

function isMessage(node: unknown): boolean {
  return typeof node === 'string' || choiceOf(node) !== undefined
}
