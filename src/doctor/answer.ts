// What the doctor found: every figure that any of its outputs shows. These types are the documentation of doctor.json. Times in
// milliseconds of wall time, unless the name says otherwise; paths as in the report.

export interface DoctorAnswer {
  readonly schemaVersion: 1
  /** The run whose profile chose the candidates. */
  readonly runId: string
  readonly suite: string
  readonly jestVersion: string
  readonly nodeVersion: string
  readonly workers: number
  readonly command: string
  /** The plain suite. */
  readonly base: {
    readonly wallMs: number
    readonly cpuMs: number | null
    readonly peakBytes: number | null
  }
  readonly budgetMs: number
  readonly tookMs: number
  /** Whether it was ended before all was known. */
  readonly isInterrupted: boolean
  /** Those that pay first, then those that do not, then those that were not tried. */
  readonly candidates: readonly CandidateAnswer[]
  /** All changes that pay, at once, against the plain suite; null without any. */
  readonly together: Confirmation | null
  /** Test files whose results changed without any change. */
  readonly flaky: readonly { readonly file: string; readonly reason: string }[]
  /** What could not be tried, and why. */
  readonly notes: readonly string[]
}

/** `pays`: confirmed. `gain`: measured alone, but the whole was not confirmed. `forbidden`: tests fail with it in all files. */
export const VERDICTS = ['pays', 'gain', 'no gain', 'undecided', 'forbidden', 'not tried'] as const
export type TrialVerdict = (typeof VERDICTS)[number]

export interface CandidateAnswer {
  readonly name: string
  readonly title: string
  readonly reason: string
  readonly verdict: TrialVerdict
  /** What it can save at most, by the profile. */
  readonly mostMs: number
  /** Of the files with it, for all of them, also where a sample was measured. Null: not measured. */
  readonly saved: Saved | null
  readonly rounds: number
  /** Test files that pass with it, and how many of these were measured. */
  readonly files: readonly string[]
  readonly measuredFiles: number
  /** Test files that forbid it. */
  readonly forbiddenBy: readonly { readonly file: string; readonly reason: string }[]
  /** Text to paste. Null where it does not pay. */
  readonly patch: string | null
  /** Why it was not tried, or what else to know. */
  readonly note: string | null
}

export interface Saved {
  readonly wallMs: number
  readonly interval95Ms: readonly [low: number, high: number]
  readonly p: number
  /** Median of the base less that of the changed side, so what is saved; null: unknown on this system. */
  readonly cpuMs: number | null
  readonly peakBytes: number | null
}

export interface Confirmation extends Saved {
  readonly rounds: number
  readonly isConfirmed: boolean
  /** Wall times of both sides, medians. */
  readonly baseMs: number
  readonly changedMs: number
  /** Names of the candidates in it. */
  readonly candidates: readonly string[]
}
