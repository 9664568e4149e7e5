// What each reporter of a run takes when it has ended: Jest awaits them one after the other. Their classes are found where
// Node keeps what it has loaded, for Jest hands its reporters to nobody; one that cannot be found is not timed, and nothing else.

import { createRequire } from 'node:module'
import { basename } from 'node:path'
import { performance } from 'node:perf_hooks'
import type { Config } from '@jest/types'

export interface ReporterListener {
  reporterEnded(reporter: string, tookMs: number): void
  /** Jest's own reporter of coverage, which comes after all that are configured. */
  coverageEnded(tookMs: number): void
}

type OnRunComplete = (this: unknown, ...args: unknown[]) => unknown

const JESTS = /[\\/]@jest[\\/]reporters[\\/]build[\\/]index\.js$/
const COVERAGE = 'CoverageReporter'
const BUILT_IN = ['DefaultReporter', 'VerboseReporter', 'SummaryReporter', 'NotifyReporter']
const loadedByNode = createRequire(import.meta.url).cache

// Module state: a class is wrapped once in a process, and in watch mode serves one run after the other.
const wrapped = new WeakSet<object>()
let listening: ReporterListener | undefined
/** Jest awaits one reporter after the other. */
let isInside = false

/** Called when all reporters have been made. Returns whether the end of coverage's will be told. */
export function timeReporters(
  { reporters, collectCoverage }: Pick<Config.GlobalConfig, 'reporters' | 'collectCoverage'>,
  { own, listener }: { own: object; listener: ReporterListener },
): boolean {
  listening = listener
  for (const name of BUILT_IN) for (const jests of jestsReporters()) wrap(jests[name], { name, own })
  for (const [path] of (reporters ?? []) as unknown as [string][])
    for (const loaded of classesOf(path)) wrap(loaded, { name: nameOf(path), own })
  if (!collectCoverage) return false
  return jestsReporters().filter(jests => wrap(jests[COVERAGE], { name: COVERAGE, own })).length > 0
}

function jestsReporters(): Record<string, unknown>[] {
  const paths = Object.keys(loadedByNode).filter(path => JESTS.test(path))
  return paths.map(path => loadedByNode[path]?.exports as Record<string, unknown>)
}

function classesOf(path: string): unknown[] {
  const loaded = loadedByNode[path]?.exports as { default?: unknown } | undefined
  return [loaded, loaded?.default]
}

/** Returns whether its end will be told. What a class inherits is timed where it is defined. */
function wrap(reporter: unknown, { name, own }: { name: string; own: object }): boolean {
  if (typeof reporter !== 'function' || reporter === own) return false
  const prototype = reporter.prototype as { onRunComplete?: OnRunComplete } | undefined
  if (prototype === undefined || !Object.hasOwn(prototype, 'onRunComplete')) return false
  if (wrapped.has(prototype)) return true
  const { onRunComplete: original } = prototype
  if (typeof original !== 'function') return false
  wrapped.add(prototype)
  Object.defineProperty(prototype, 'onRunComplete', {
    configurable: true,
    writable: true,
    async value(this: unknown, ...args: unknown[]) {
      // One that calls its base class is one reporter.
      if (isInside) return Reflect.apply(original, this, args)
      isInside = true
      const started = performance.now()
      try {
        return await Reflect.apply(original, this, args)
      } finally {
        isInside = false
        tell(name, performance.now() - started)
      }
    },
  })
  return true
}

function tell(name: string, tookMs: number): void {
  if (name === COVERAGE) listening?.coverageEnded(tookMs)
  else listening?.reporterEnded(name, tookMs)
}

/** Of a package its name; else that of its file. */
function nameOf(path: string): string {
  const [, name] = /.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(path) ?? []
  return name?.replaceAll('\\', '/') ?? basename(path)
}
