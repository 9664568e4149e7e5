// Circus's hook events as columns: where each hook was defined, and each of its runs.

import { blockNames, type CircusHook, wrapFunction } from '../../jest/circus.js'
import type { HookDefinition, HookRuns, Recording } from '../../recording/recording.js'
import { captureStack, OUTERMOST_DEPTH, type SiteTable } from '../call-sites.js'
import { monotonicMicros } from '../clock.js'
import type { CallInContext } from './test-log.js'

export class HookLog {
  readonly #sites: SiteTable
  readonly #siteOf = new Map<CircusHook, number>()
  readonly #definitionOf = new Map<CircusHook, number>()
  readonly #definitions: HookDefinition[] = []
  readonly #runs: HookRuns = { definition: [], start: [], end: [], test: [] }
  readonly #open = new Map<CircusHook, number>()
  readonly #callInContext: CallInContext | undefined
  /** The attempt that each hook runs for now, or ran for last. */
  readonly #testOf = new Map<CircusHook, number>()

  /** With `callInContext` every hook's function runs by it. */
  constructor(sites: SiteTable, callInContext?: CallInContext) {
    this.#sites = sites
    this.#callInContext = callInContext
  }

  /** Circus reports a definition while it is made, so the stack leads to it. */
  defined(hook: CircusHook): void {
    // A definition where none is allowed is reported as well, and leaves the one before it as the last.
    if (this.#siteOf.has(hook)) return
    this.#siteOf.set(hook, this.#sites.definition(captureStack(this.defined, OUTERMOST_DEPTH)))
    const callInContext = this.#callInContext
    if (callInContext === undefined) return
    hook.fn = wrapFunction(hook.fn, call => callInContext(this.#testOf.get(hook) ?? -1, call))
  }

  /** `test`: position of the attempt that it runs for, -1 for none. */
  begins(hook: CircusHook, test: number): void {
    const runsFor = hook.type === 'beforeAll' || hook.type === 'afterAll' ? -1 : test
    this.#testOf.set(hook, runsFor)
    const definition = this.#definition(hook)
    // Jest's own hook, which resets mocks where the config says so, is in no user's code.
    if (definition < 0) return
    const runs = this.#runs
    this.#open.set(hook, runs.start.length)
    runs.definition.push(definition)
    runs.test.push(runsFor)
    runs.end.push(-1)
    runs.start.push(monotonicMicros())
  }

  ends(hook: CircusHook): void {
    const now = monotonicMicros()
    const run = this.#open.get(hook)
    if (run !== undefined) this.#runs.end[run] = now
    this.#open.delete(hook)
  }

  /** Times since `start`; a run that is still open ends `now`. */
  columns(start: number, now: number): Recording['hooks'] {
    const { definition, test, start: starts, end } = this.#runs
    const runs = {
      definition,
      test,
      start: starts.map(time => time - start),
      end: end.map(time => (time < 0 ? now : time) - start),
    }
    return { definitions: this.#definitions, runs }
  }

  #definition(hook: CircusHook): number {
    const known = this.#definitionOf.get(hook)
    if (known !== undefined) return known
    const site = this.#siteOf.get(hook) ?? -1
    const index =
      site < 0 ? -1 : this.#definitions.push({ type: hook.type, describe: blockNames(hook.parent), site }) - 1
    this.#definitionOf.set(hook, index)
    return index
  }
}
