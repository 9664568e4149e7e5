// The data of a run's views: the report at first, and the profile as typed arrays once it has been read.

import { group } from 'd3-array'
import type { PageCode, PageProfile, PageReport } from '../../formats/html/page-data.js'
import type { Frame, Phase, ValueType } from '../../profile/profile.js'
import type { FileReport, TestReport } from '../../report/file-report.js'
import type { Report } from '../../report/report.js'

/** `file` is relative to the display root. */
export type FrameInfo = Omit<Frame, 'generated'>

/** The samples of one value, as columns. */
export interface ValueData {
  readonly type: ValueType
  readonly stack: Int32Array
  readonly scope: Int32Array
  readonly weight: Float64Array
}

export class CodeData {
  readonly frames: readonly FrameInfo[]
  /** By stack: its frame, and the stack that called it (-1: none). */
  readonly frameOf: Int32Array
  readonly callerOf: Int32Array
  readonly values: readonly ValueData[]

  constructor({ texts, categories, frames, stacks, values }: PageCode) {
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
    this.values = values.map(({ type, stack, scope, weight }) => ({
      type,
      stack: Int32Array.from(stack),
      scope: Int32Array.from(scope),
      weight: Float64Array.from(weight),
    }))
  }

  /** Whether a frame belongs to the profiler, which only passes Jest's calls on. */
  passesOn(frame: number): boolean {
    return this.frames[frame]?.category === 'profiler'
  }
}

export interface ScopeInfo {
  readonly file: FileReport | undefined
  readonly worker: number
  readonly phase: Phase
  /** Indexes; -1: none. */
  readonly hook: number
  readonly test: number
  readonly attempt: number
  readonly group: number
}

/** Samples of one test file in chronological order, in microseconds since its start. */
type OrderedSamples = Omit<PageProfile['sequences'][number], 'file'> & Pick<ScopeInfo, 'file'>

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

export class RunData {
  readonly report: Report
  readonly artifacts: PageReport['artifacts']
  /** Undefined until the second data block has been read. */
  readonly profile: ProfileData | undefined
  readonly #filesByPath: ReadonlyMap<string, readonly FileReport[]>

  constructor({ report, artifacts }: PageReport, profile?: PageProfile) {
    this.report = report
    this.artifacts = artifacts
    this.profile = profile && new ProfileData(profile, report)
    this.#filesByPath = group(report.files, ({ path }) => path)
  }

  /** If projects share the path, the file of the given project, or the first. */
  file(path: string, project?: string): FileReport | undefined {
    const files = this.#filesByPath.get(path) ?? []
    return files.find(file => file.projectId === project || file.project === project) ?? files[0]
  }

  /** The given attempt, or the last if there is no such attempt. */
  test(file: FileReport, index: number, attempt: number): TestReport | undefined {
    const attempts = file.tests.filter(test => test.index === index)
    return attempts.find(test => test.attempt === attempt) ?? attempts.at(-1)
  }
}

/** The first attempt at a test; undefined if it was cut from the report. */
export function testAt(file: FileReport | undefined, index: number): TestReport | undefined {
  // Fast path without retries and cuts: a file may have 20,000 tests.
  const there = file?.tests[index]
  return there?.index === index && there.attempt === 1
    ? there
    : file?.tests.find(test => test.index === index)
}
