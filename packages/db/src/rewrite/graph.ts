import type { Metadata, ModelMetadata, RelationMetadata } from '../metadata/metadata.ts'
import type { Columns, ModelRules, Moment, ReadRow } from './rules.ts'
import type { Shape } from './shape.ts'

/** The models as a walk through arguments sees them: rules, and the relations that lead to some. */
export interface Graph {
  readonly models: ReadonlyMap<string, Node>
}

/** One model. The maps hold what leads to rules only: everything else in the arguments is none of our business. */
export interface Node {
  readonly name: string
  /** Whether a call on this model can come to any rule at all. */
  readonly reaches: boolean
  readonly rules: ModelRules
  readonly steps: ReadonlyMap<string, Step>
  /** The names of all its lists of related rows, those without rules included. */
  readonly lists: readonly string[]
  /** Whether the client leaves a field out of results that do not ask for it. */
  omits(field: string): boolean
  has(field: string): boolean
}

/** The way from a row to its related rows. */
export interface Step extends RelationMetadata {
  /** Of a to-one: there always is a row. */
  readonly required: boolean
}

/** A row that data points to without connecting it. */
export interface Pointer {
  /** The model of the data. */
  readonly model: string
  readonly target: string
  /** The columns of the foreign key. */
  readonly fields: readonly string[]
  /** What it says of the row. */
  readonly row: Shape
}

/** The data of a row that a call writes. */
export interface WrittenRow {
  readonly model: string
  /** Of a row that is created; or a change of rows that there are. */
  readonly isNew: boolean
  /** The very object that is sent. More can be put into it until then. */
  readonly data: Record<string, unknown>
}

/** A walk through the arguments of one call. */
export interface Walk extends Graph {
  readonly moment: Moment
  /** Filled on the way: the models of which a deletion became a change. */
  readonly deletes: Set<string>
  /** Filled on the way: the rows that foreign keys given as values point to. */
  readonly pointers: Pointer[]
  /** Filled on the way: the rows written to models whose rules collect them. */
  readonly writtenRows: WrittenRow[]
  /** What is true of the rows of a model that exist; `undefined` where all do. */
  exists(model: string): Columns | undefined
  /** What becomes of the rows of a model that come back. */
  reads(model: string): ReadRow | undefined
}

const noRules: ModelRules = {}

/** Works out once which models can come to a rule, so that calls on the others cost one look into a map. */
export function createGraph(
  { models }: Metadata,
  rules: ReadonlyMap<string, ModelRules>,
  omitted: ReadonlyMap<string, ReadonlySet<string>> = new Map(),
): Graph {
  const reaching = reachingModels(models, new Set(rules.keys()))
  return {
    models: new Map(
      [...models].map(([name, model]): [string, Node] => [
        name,
        {
          name,
          reaches: reaching.has(name),
          rules: rules.get(name) ?? noRules,
          steps: stepsOf(model, reaching),
          lists: [...model.fields.values()]
            .filter(({ relation }) => relation?.toMany)
            .map((field) => field.name),
          omits: (field) => omitted.get(name)?.has(field) === true,
          has: (field) => model.fields.has(field),
        },
      ]),
    ),
  }
}

/** Begins a walk. A model is asked for its rules of the moment when the walk first comes to it, and once. */
export function startWalk(graph: Graph, moment: Moment): Walk {
  return {
    ...graph,
    moment,
    deletes: new Set(),
    pointers: [],
    writtenRows: [],
    exists: once((model) => graph.models.get(model)?.rules.exists?.()),
    reads: once((model) => graph.models.get(model)?.rules.read?.(moment)),
  }
}

function once<T>(ask: (model: string) => T): (model: string) => T {
  const answers = new Map<string, T>()
  return (model) => {
    if (!answers.has(model)) answers.set(model, ask(model))
    return answers.get(model) as T
  }
}

export function nodeOf({ models }: Graph, name: string): Node {
  return models.get(name) as Node
}

function stepsOf(model: ModelMetadata, reaching: ReadonlySet<string>): Map<string, Step> {
  return new Map(
    [...model.fields.values()].flatMap(({ name, relation, required }): [string, Step][] =>
      relation && reaching.has(relation.target) ? [[name, { ...relation, required }]] : [],
    ),
  )
}

function reachingModels(
  models: ReadonlyMap<string, ModelMetadata>,
  ruled: ReadonlySet<string>,
): ReadonlySet<string> {
  const reaching = new Set(ruled)
  for (let before = -1; before !== reaching.size; ) {
    before = reaching.size
    for (const [name, { fields }] of models) {
      if ([...fields.values()].some(({ relation }) => relation && reaching.has(relation.target)))
        reaching.add(name)
    }
  }
  return reaching
}
