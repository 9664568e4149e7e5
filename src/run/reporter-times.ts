// How long each reporter takes: at the end of a run, when Jest awaits one after the other, and those of the config also while tests
// run. Their classes are found among the modules that Node has loaded, because Jest exposes no reporters. A reporter that is not found
// is not timed.

import { createRequire } from 'node:module'
import { basename } from 'node:path'
import { performance } from 'node:perf_hooks'
import type { Config } from '@jest/types'
import { BUILT_IN_REPORTERS, COVERAGE_REPORTER, loadedReporters } from '../jest/reporters.js'

/** Also called for Jest's coverage reporter, which runs after all configured ones. */
export type ReporterListener = (reporter: string, took: { ms: number; atEnd: boolean }) => void

type ReporterMethod = (this: unknown, ...args: unknown[]) => unknown

const AT_END = 'onRunComplete'
/** https://jestjs.io/docs/configuration#custom-reporters */
const WHILE_RUNNING = [
  'onTestFileStart',
  'onTestStart',
  'onTestCaseStart',
  'onTestCaseResult',
  'onTestFileResult',
  'onTestResult',
]

const loadedByNode = createRequire(import.meta.url).cache

// Module state: a class is wrapped once per process, and in watch mode serves several runs.
const wrapped = new WeakSet<object>()
let listening: ReporterListener | undefined
/** Whether a reporter is running: a second one that begins while it awaits something is not timed. */
let isInside = false

/**
 * Call when Jest has constructed all reporters. `own`: our class, which is not timed. Returns whether Jest's own reporters were found,
 * and whether the listener will be called at the end of the coverage reporter.
 */
export function timeReporters(
  { reporters, collectCoverage }: Pick<Config.GlobalConfig, 'reporters' | 'collectCoverage'>,
  { own, listener }: { own: object; listener: ReporterListener },
): { foundJests: boolean; timesCoverage: boolean } {
  listening = listener
  const jests = loadedReporters(loadedByNode)
  for (const name of BUILT_IN_REPORTERS) for (const classes of jests) wrap(classes[name], { name, own })
  for (const [path] of (reporters ?? []) as unknown as [string][])
    for (const loaded of classesOf(path)) wrap(loaded, { name: nameOf(path), own, alsoWhileRunning: true })
  const covering = (collectCoverage ? jests : []).filter(classes =>
    wrap(classes[COVERAGE_REPORTER], { name: COVERAGE_REPORTER, own }),
  )
  return { foundJests: jests.length > 0, timesCoverage: covering.length > 0 }
}

function classesOf(path: string): unknown[] {
  const loaded = loadedByNode[path]?.exports as { default?: unknown } | undefined
  return [loaded, loaded?.default]
}

interface Timed {
  readonly name: string
  readonly own: object
  readonly alsoWhileRunning?: boolean
}

/** Returns whether the reporter's end is timed. An inherited method is timed in the class that defines it. */
function wrap(reporter: unknown, { name, own, alsoWhileRunning = false }: Timed): boolean {
  if (typeof reporter !== 'function' || reporter === own) return false
  const prototype = reporter.prototype as Record<string, unknown> | undefined
  if (prototype === undefined) return false
  const methods = [AT_END, ...(alsoWhileRunning ? WHILE_RUNNING : [])].filter(
    method => Object.hasOwn(prototype, method) && typeof prototype[method] === 'function',
  )
  if (!wrapped.has(prototype)) for (const method of methods) wrapMethod(prototype, method, name)
  if (methods.length > 0) wrapped.add(prototype)
  return methods.includes(AT_END)
}

function wrapMethod(prototype: Record<string, unknown>, method: string, name: string): void {
  const original = prototype[method] as ReporterMethod
  Object.defineProperty(prototype, method, {
    configurable: true,
    writable: true,
    async value(this: unknown, ...args: unknown[]) {
      // A reporter may call its base class, which must not be timed twice.
      if (isInside) return Reflect.apply(original, this, args)
      isInside = true
      const started = performance.now()
      try {
        return await Reflect.apply(original, this, args)
      } finally {
        isInside = false
        listening?.(name, { ms: performance.now() - started, atEnd: method === AT_END })
      }
    },
  })
}

/** Returns the name of the reporter's package, or of its file. */
function nameOf(path: string): string {
  const [, name] = /.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(path) ?? []
  return name?.replaceAll('\\', '/') ?? basename(path)
}
