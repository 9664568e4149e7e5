// Circus's hook events → columns: where each hook was defined, and each of its runs.

import { blockNames, type CircusHook, wrapFunction } from '../../jest/circus.js'
import type { HookDefinition, HookRuns, Recording } from '../../recording/recording.js'
import { captureStack, OUTERMOST_DEPTH, type SiteTable } from '../call-sites.js'
import { monotonicMicros } from '../clock.js'
import type { CallInContext } from './test-log.js'

interface KnownHook {
  /** Where it was defined; -1: not in the user's code. */
  readonly site: number
  definition?: number
  /** Position of its run, while it runs. */
  run: number | undefined
  /** The attempt that it runs for, or last ran for; -1: none. */
  test: number
}

export class HookLog {
  readonly #sites: SiteTable
  readonly #hooks = new Map<CircusHook, KnownHook>()
  readonly #definitions: HookDefinition[] = []
  readonly #runs: HookRuns = { definition: [], start: [], end: [], test: [] }
  readonly #callInContext: CallInContext | undefined

  /** `callInContext`, if given, calls the functions of all hooks. */
  constructor(sites: SiteTable, callInContext?: CallInContext) {
    this.#sites = sites
    this.#callInContext = callInContext
  }

  /** Must be called while the hook is defined, so that the stack leads to the definition. */
  defined(hook: CircusHook): void {
    // Circus also reports a definition where none is allowed, and then the last hook is the one before.
    if (this.#hooks.has(hook)) return
    const site = this.#sites.definition(captureStack(this.defined, OUTERMOST_DEPTH))
    const known: KnownHook = { site, run: undefined, test: -1 }
    this.#hooks.set(hook, known)
    const callInContext = this.#callInContext
    if (callInContext !== undefined) hook.fn = wrapFunction(hook.fn, call => callInContext(known.test, call))
  }

  /** `test`: position of the current attempt; -1: none. */
  begins(hook: CircusHook, test: number): void {
    const known = this.#hooks.get(hook)
    if (known === undefined) return
    const { type, parent } = hook
    const { site } = known
    known.test = type === 'beforeAll' || type === 'afterAll' ? -1 : test
    // Jest's own hook, which resets mocks where configured, is not in the user's code.
    if (site < 0) return
    known.definition ??= this.#definitions.push({ type, describe: blockNames(parent), site }) - 1
    const runs = this.#runs
    runs.definition.push(known.definition)
    runs.test.push(known.test)
    runs.end.push(-1)
    known.run = runs.start.push(monotonicMicros()) - 1
  }

  /** The definition of a hook, and the position of the attempt that it ran for; -1: none. */
  whose(hook: CircusHook): { hook: HookDefinition; test: number } {
    const { site = -1, test = -1 } = this.#hooks.get(hook) ?? {}
    return { hook: { type: hook.type, describe: blockNames(hook.parent), site }, test }
  }

  ends(hook: CircusHook): void {
    const now = monotonicMicros()
    const known = this.#hooks.get(hook)
    if (known?.run === undefined) return
    this.#runs.end[known.run] = now
    known.run = undefined
  }

  /** Times since `start`; a run under way ends `now`. */
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
}
