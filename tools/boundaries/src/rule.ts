import type { Workspace } from './workspace.ts'

export interface Violation {
  /** From the root of the repository. */
  readonly path: string
  /** What is wrong, then what to do. */
  readonly message: string
}

/** Looks at the workspace and at nothing else. */
export type Rule = (workspace: Workspace) => Violation[]
