import { DbError } from '@fastkit/db'
import { createSignal, transactional } from '@fastkit/events'
import { CrudService } from '@fastkit/service'
import fc from 'fast-check'
import type { Note, NoteCreate, NoteFilter, NoteUpdate, World } from './worlds.ts'

/** A program of writes: creates a note, or does several things together. */
export type Step =
  | { readonly create: string }
  | {
      readonly together: 'run' | 'savepoint'
      readonly steps: readonly Step[]
      readonly fails: boolean
      /** Whether the code around goes on after a failure. */
      readonly caught: boolean
    }

/** What is to happen after the commit of each note, by three ways, each counted. */
export interface Effects {
  readonly fired: Readonly<Record<'hook' | 'signal' | 'effect', Map<string, number>>>
  /** Runs a program, the first attempts of which collide with another transaction. */
  run(program: readonly Step[], collisions?: number): Promise<void>
}

export function effectsOf({ notes, logs, unitOfWork }: World): Effects {
  const fired = {
    hook: new Map<string, number>(),
    signal: new Map<string, number>(),
    effect: new Map<string, number>(),
  }
  const count = (of: keyof typeof fired, text: string) =>
    void fired[of].set(text, (fired[of].get(text) ?? 0) + 1)
  const created = createSignal<string>('note.created')
  created.connect(async (text) => count('signal', text))
  const later = transactional(created, unitOfWork)

  class Notes extends CrudService<Note, NoteCreate, NoteUpdate, Note, NoteFilter> {
    protected override async beforeCreate(data: NoteCreate) {
      await logs.create({ text: data.text })
      return data
    }
    protected override async afterCreate({ text }: Note) {
      await later.send(text)
      await unitOfWork.afterCommit(() => count('effect', text))
    }
    protected override async afterCreateCommitted({ text }: Note) {
      count('hook', text)
    }
  }
  const service = new Notes({ repository: notes, unitOfWork })

  return {
    fired,
    async run(program, collisions = 0) {
      let attempt = 0
      const [only] = program
      if (program.length === 1 && only && 'create' in only)
        return void (await service.create({ text: only.create }))
      await unitOfWork.run(
        async () => {
          await steps(program)
          if (attempt++ < collisions) throw new DbError('WRITE_CONFLICT', 'Another transaction came first')
        },
        { retries: collisions, timeoutMs: 30_000, maxWaitMs: 30_000 },
      )
    },
  }

  async function steps(program: readonly Step[]): Promise<void> {
    for (const step of program) {
      if ('create' in step) {
        await service.create({ text: step.create })
        continue
      }
      const together = unitOfWork[step.together](async () => {
        await steps(step.steps)
        if (step.fails) throw new Error('as planned')
      })
      await (step.caught ? together.catch(() => {}) : together)
    }
  }
}

/** Programs of a few notes, each with a text of its own. */
export function programs(): fc.Arbitrary<readonly Step[]> {
  let number = 0
  const { program } = fc.letrec<{ step: Step; program: readonly Step[] }>((tie) => ({
    program: fc.array(tie('step'), { minLength: 1, maxLength: 3 }),
    step: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constant({}).map(() => ({ create: `n${number++}` })),
      fc.record({
        together: fc.constantFrom('run' as const, 'savepoint' as const),
        steps: tie('program'),
        fails: fc.boolean(),
        caught: fc.boolean(),
      }),
    ),
  }))
  return program
}
