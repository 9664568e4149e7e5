// Runs the suite, or some of its files, in a process of its own, and measures it from outside.

import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ownFile } from '../own-files.js'
import { cpuOfEndedChildren, MemoryWatch } from './process-usage.js'
import type { TrialResults, TrialSpec } from './trial/trial-spec.js'

/** What is run; the rest of a `TrialSpec` follows from where. */
export type Trial = Pick<TrialSpec, 'only' | 'globalOptions' | 'projectOptions' | 'changed'>

/** The suite as it is. */
export const UNCHANGED: Trial = { only: null, globalOptions: {}, projectOptions: {}, changed: [] }

export interface Measured {
  readonly wallMs: number
  /** Null: unknown on this system. */
  readonly cpuMs: number | null
  readonly peakBytes: number | null
  /** Undefined: Jest ended without results, or was ended because it took too long. */
  readonly results: TrialResults | undefined
  /** What it wrote last, for a run without results. */
  readonly output: string
}

export class Interrupted extends Error {}

/** Of what a process writes, the end is kept. */
const MOST_OUTPUT = 4000

export class SuiteRunner {
  readonly #cwd: string
  readonly #jestArguments: readonly string[]
  #running: ChildProcess | undefined
  #isInterrupted = false

  constructor({ cwd, jestArguments }: { cwd: string; jestArguments: readonly string[] }) {
    this.#cwd = cwd
    this.#jestArguments = jestArguments
  }

  /** Ends the process that runs; this run and all later ones throw `Interrupted`. */
  interrupt(): void {
    this.#isInterrupted = true
    this.#kill()
  }

  /** `mostMs`: it is ended after that time. */
  async run(trial: Trial, mostMs: number): Promise<Measured> {
    const scratch = mkdtempSync(join(tmpdir(), 'jest-profiler-doctor-'))
    const spec: TrialSpec = {
      ...trial,
      cwd: this.#cwd,
      jestArguments: this.#jestArguments,
      results: join(scratch, 'results.json'),
      scratch,
    }
    const specPath = join(scratch, 'trial.json')
    writeFileSync(specPath, JSON.stringify(spec))
    try {
      return await this.#measure([ownFile('run-suite.js'), specPath], {
        mostMs,
        results: spec.results,
      })
    } finally {
      rmSync(scratch, { recursive: true, force: true })
    }
  }

  /** Runs a script of Node and returns its exit code. */
  async script(
    args: readonly string[],
    mostMs: number,
  ): Promise<{ exitCode: number | null; output: string }> {
    const { exitCode, output } = await this.#execute(args, mostMs)
    return { exitCode, output }
  }

  async #measure(
    args: readonly string[],
    { mostMs, results }: { mostMs: number; results: string },
  ): Promise<Measured> {
    const cpuBefore = cpuOfEndedChildren()
    const { wallMs, peakBytes, output } = await this.#execute(args, mostMs)
    const cpuAfter = cpuOfEndedChildren()
    return {
      wallMs,
      cpuMs: cpuBefore === null || cpuAfter === null ? null : cpuAfter - cpuBefore,
      peakBytes,
      results: readResults(results),
      output,
    }
  }

  async #execute(args: readonly string[], mostMs: number) {
    if (this.#isInterrupted) throw new Interrupted()
    const startedAtMs = performance.now()
    const child = spawn(process.execPath, args, {
      cwd: this.#cwd,
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
    const exitCode = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject).once('exit', resolve)
    })
    const wallMs = performance.now() - startedAtMs
    clearTimeout(tooLong)
    const peakBytes = memory.stop()
    // What it started and did not end.
    this.#kill()
    this.#running = undefined
    if (this.#isInterrupted) throw new Interrupted()
    return { exitCode, wallMs, peakBytes, output }
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
