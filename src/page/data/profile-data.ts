// The profile's columns as typed arrays, and what a frame is called.

import type { PageProfile } from '../../formats/html/page-data.js'
import type { Frame, Phase } from '../../profile/profile.js'
import type { FileReport } from '../../report/file-report.js'
import type { Report } from '../../report/report.js'

/** As in the profile, but that `file` is relative to `rootDir`. */
export type FrameInfo = Omit<Frame, 'generated'>

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

export class ProfileData {
  readonly frames: readonly FrameInfo[]
  /** Of each stack: its frame, and the stack that called it, -1 for none. */
  readonly frameOf: Int32Array
  readonly callerOf: Int32Array
  readonly scopes: readonly ScopeInfo[]
  readonly samples: { readonly stack: Int32Array; readonly scope: Int32Array; readonly weight: Float64Array }
  readonly sequences: readonly OrderedSamples[]
  readonly lines: PageProfile['lines']
  readonly sources: PageProfile['sources']
  readonly cuts: readonly string[]

  constructor(page: PageProfile, { files }: Report) {
    const { texts, categories, phases, frames, stacks, scopes, samples } = page
    const text = (index: number | undefined) => texts[index ?? -1] ?? ''
    this.frames = frames.name.map((name, frame) => ({
      name: text(name) || '(anonymous)',
      file: text(frames.file[frame]),
      line: frames.line[frame] ?? 0,
      column: frames.column[frame] ?? 0,
      category: categories[frames.category[frame] ?? 0] ?? 'program',
      package: texts[frames.package[frame] ?? -1],
    }))
    this.frameOf = Int32Array.from(stacks.frame)
    this.callerOf = Int32Array.from(stacks.up, (up, stack) => (up === 0 ? -1 : stack - up))
    this.scopes = scopes.file.map((file, scope) => ({
      file: files[file],
      worker: scopes.worker[scope] ?? 0,
      phase: phases[scopes.phase[scope] ?? 0] ?? 'other',
      hook: scopes.hook[scope] ?? -1,
      test: scopes.test[scope] ?? -1,
      attempt: scopes.attempt[scope] ?? 0,
      group: scopes.group[scope] ?? -1,
    }))
    this.samples = {
      stack: Int32Array.from(samples.stack),
      scope: Int32Array.from(samples.scope),
      weight: Float64Array.from(samples.weight),
    }
    this.sequences = page.sequences.map(sequence => ({ ...sequence, file: files[sequence.file] }))
    this.lines = page.lines
    this.sources = page.sources
    this.cuts = page.cuts
  }

  /** Whether a frame is our own, which stands between Jest's and only passes calls on. */
  passesOn(frame: number): boolean {
    return this.frames[frame]?.category === 'profiler'
  }

  /** Whether nothing ran at that stack since there was nothing to run. A blocked thread is busy, if with nothing. */
  isWaiting(stack: number): boolean {
    return isWaitingFrame(this.frames[this.frameOf[stack] ?? -1])
  }
}

export function isBlockedFrame({ category, name }: Pick<FrameInfo, 'category' | 'name'>): boolean {
  return category === 'idle' && name === '(blocked)'
}

export function isWaitingFrame(frame: Pick<FrameInfo, 'category' | 'name'> | undefined): boolean {
  return frame?.category === 'idle' && !isBlockedFrame(frame)
}
