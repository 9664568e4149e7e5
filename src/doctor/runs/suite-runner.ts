// Runs the suite, or some of its files, in a process of its own, and measures it from outside.

import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ownFile } from '../../own-files.js'
import type { ProfileSpec, TrialResults, TrialSpec } from '../trial/trial-spec.js'
import { cpuOfEndedChildren, MemoryWatch } from './process-usage.js'

/** What is run; the rest of a `TrialSpec` follows from where. */
export type Trial = Pick<TrialSpec, 'only' | 'globalOptions' | 'projectOptions' | 'changed'>

/** The suite as it is. */
export const UNCHANGED: Trial = { only: null, globalOptions: {}, projectOptions: {}, changed: [] }

export interface MeasuredRun {
  readonly wallMs: number
  /** Null: unknown on this system. */
  readonly cpuMs: number | null
  readonly peakBytes: number | null
  /** Undefined: Jest ended without results, or was ended because it took too long. */
  readonly results: TrialResults | undefined
  /** What it wrote last, for a run without results. */
  readonly output: string
}

class Interrupted extends Error {}

/** Undefined if the user ended it. */
export async function uninterrupted<T>(task: () => Promise<T>): Promise<T | undefined> {
  try {
    return await task()
  } catch (error) {
    if (error instanceof Interrupted) return undefined
    throw error
  }
}

/** Of what a process writes, the end is kept. */
const MOST_OUTPUT = 4000
/** For a run of which it is not known how long it takes. */
export const LONGEST_MS = 3_600_000

export class SuiteRunner {
  readonly #given: Pick<TrialSpec, 'cwd' | 'jestArguments'>
  #running: ChildProcess | undefined
  #isInterrupted = false

  constructor({ cwd, jestArguments }: Pick<TrialSpec, 'cwd' | 'jestArguments'>) {
    this.#given = { cwd, jestArguments }
  }

  /** Ends the process that runs; this run and all later ones throw `Interrupted`. */
  interrupt(): void {
    this.#isInterrupted = true
    this.#kill()
  }

  /** `mostMs`: it is ended after that time. */
  run(trial: Trial, mostMs: number): Promise<MeasuredRun> {
    return this.#withScratch(async scratch => {
      const results = join(scratch, 'results.json')
      const spec: TrialSpec = { ...trial, ...this.#given, results, scratch }
      const cpuBefore = cpuOfEndedChildren()
      const { wallMs, peakBytes, output } = await this.#execute('run-suite.js', spec, mostMs)
      const cpuAfter = cpuOfEndedChildren()
      return {
        wallMs,
        cpuMs: cpuBefore === null || cpuAfter === null ? null : cpuAfter - cpuBefore,
        peakBytes,
        results: readResults(results),
        output,
      }
    })
  }

  /** Profiles the suite as it is. */
  profile(outputDir: string): Promise<Pick<MeasuredRun, 'results' | 'output'>> {
    return this.#withScratch(async scratch => {
      const results = join(scratch, 'results.json')
      const spec: ProfileSpec = { ...UNCHANGED, ...this.#given, results, scratch, outputDir }
      const { output } = await this.#execute('doctor/trial/profile-run.js', spec, LONGEST_MS)
      return { results: readResults(results), output }
    })
  }

  async #withScratch<T>(task: (scratch: string) => Promise<T>): Promise<T> {
    const scratch = mkdtempSync(join(tmpdir(), 'jest-profiler-doctor-'))
    try {
      return await task(scratch)
    } finally {
      rmSync(scratch, { recursive: true, force: true })
    }
  }

  async #execute(script: string, spec: TrialSpec | ProfileSpec, mostMs: number) {
    if (this.#isInterrupted) throw new Interrupted()
    const specPath = join(spec.scratch, 'spec.json')
    writeFileSync(specPath, JSON.stringify(spec))
    const startedAtMs = performance.now()
    const child = spawn(process.execPath, [...process.execArgv, ownFile(script), specPath], {
      cwd: spec.cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that all of its processes can be ended.
      detached: process.platform !== 'win32',
    })
    this.#running = child
    const memory = new MemoryWatch(child.pid)
    const tooLong = setTimeout(() => this.#kill(), mostMs)
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        output = (output + text).slice(-MOST_OUTPUT)
      })
    await new Promise((resolve, reject) => {
      child.once('error', reject).once('exit', resolve)
    })
    const wallMs = performance.now() - startedAtMs
    clearTimeout(tooLong)
    const peakBytes = memory.stop()
    // What it started and did not end.
    this.#kill()
    this.#running = undefined
    if (this.#isInterrupted) throw new Interrupted()
    return { wallMs, peakBytes, output }
  }

  #kill(): void {
    const { pid } = this.#running ?? {}
    if (pid === undefined) return
    try {
      process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL')
    } catch (error) {
      // All of them have ended.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
  }
}

function readResults(path: string): TrialResults | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
