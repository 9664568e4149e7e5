// The profile's columns as typed arrays.

import type { PageProfile } from '../../formats/html/page-data.js'
import type { Phase } from '../../profile/profile.js'
import type { FileReport } from '../../report/file-report.js'
import type { Report } from '../../report/report.js'
import { CodeData } from './code-data.js'

export interface ScopeInfo {
  readonly file: FileReport | undefined
  readonly worker: number
  readonly phase: Phase
  /** Positions, -1 for none. */
  readonly hook: number
  readonly test: number
  readonly attempt: number
  readonly group: number
}

export interface OrderedSamples {
  readonly file: FileReport | undefined
  /** Microseconds since the file began. */
  readonly first: number
  readonly stack: readonly number[]
  readonly scope: readonly number[]
  /** Microseconds. */
  readonly length: readonly number[]
}

export class ProfileData extends CodeData {
  readonly scopes: readonly ScopeInfo[]
  readonly sequences: readonly OrderedSamples[]
  readonly lines: PageProfile['lines']
  readonly sources: PageProfile['sources']
  readonly cuts: readonly string[]

  constructor(page: PageProfile, { files }: Report) {
    super(page)
    const { phases, scopes } = page
    this.scopes = scopes.file.map((file, scope) => ({
      file: files[file],
      worker: scopes.worker[scope] ?? 0,
      phase: phases[scopes.phase[scope] ?? 0] ?? 'other',
      hook: scopes.hook[scope] ?? -1,
      test: scopes.test[scope] ?? -1,
      attempt: scopes.attempt[scope] ?? 0,
      group: scopes.group[scope] ?? -1,
    }))
    this.sequences = page.sequences.map(sequence => ({ ...sequence, file: files[sequence.file] }))
    this.lines = page.lines
    this.sources = page.sources
    this.cuts = page.cuts
  }
}
