// A test that was asked for, as a line and rows of cells: the terminal and Markdown print the same.

import { duration } from '../report/views/figures.js'
import type { TestBreakdown } from '../report/views/test-breakdowns.js'
import { hookName, startedBy, waitedFor } from './sections.js'
import { cpuTime, plain, position } from './wording.js'

export interface AskedTestRow {
  readonly time: string
  /** `function`, or what it is and how often. */
  readonly what: string
  readonly name: string
  readonly where: string
}

/** What the test's wall time was made of. */
export function timeSplit({ test, longerImportMs }: TestBreakdown): string {
  const { wallMs, cpuMs, idleMs, gcMs, blockedMs, readyMs, hooksMs, importsMs } = test
  const gc = gcMs === null || gcMs < 1 ? '' : ` (GC ${duration(gcMs)})`
  const known = cpuMs !== null && idleMs !== null
  return [
    `${duration(wallMs)}: CPU ${cpuTime(test)}${gc}`,
    ...(readyMs === null || readyMs < 1 ? [] : [`no core ${duration(readyMs)}`]),
    ...(blockedMs === null || blockedMs < 1 ? [] : [`blocked ${duration(blockedMs)}`]),
    `waiting ${known ? duration(idleMs) : '–'}`,
    ...(importsMs === null || importsMs < 1 ? [] : [`importing ${duration(importsMs)} of that`]),
    ...(hooksMs === null || hooksMs < 1 ? [] : [`its hooks ${duration(hooksMs)} of that`]),
    ...(longerImportMs === null ? [] : [`importing its file took ${duration(longerImportMs)}`]),
  ].join(' · ')
}

/** The most rows of each kind when so many tests are shown. */
export function rowsOfEach(tests: number): { functions: number; waits: number; hooks: number } {
  if (tests === 1) return { functions: 5, waits: 3, hooks: 3 }
  return tests === 2 ? { functions: 3, waits: 2, hooks: 2 } : { functions: 2, waits: 1, hooks: 1 }
}

export function askedTestRows(
  { attempts, functions, waits, hooks }: TestBreakdown,
  most: ReturnType<typeof rowsOfEach>,
  toShown: (path: string) => string,
): AskedTestRow[] {
  return [
    ...functions.slice(0, most.functions).map(row => ({
      time: duration(row.selfMs),
      what: 'function',
      name: plain(row.function),
      where: position({ ...row, file: toShown(row.file) }),
    })),
    ...waits.slice(0, most.waits).map(({ wait, totalMs }) => ({
      time: duration(totalMs),
      what: attempts > 1 ? `wait in ${attempts} attempts` : 'wait',
      name: plain(waitedFor(wait)),
      where: startedBy(wait, toShown),
    })),
    ...hooks.slice(0, most.hooks).map(({ hook, count, wallMs }) => ({
      time: duration(wallMs),
      what: count === 1 ? 'hook' : `hook ×${count.toLocaleString('en-US')}`,
      name: hookName(hook),
      where: position({ ...hook, file: toShown(hook.file) }),
    })),
  ]
}
