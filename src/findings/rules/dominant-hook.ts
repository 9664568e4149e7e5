// Hooks that take a large share of the run.

import { group, max, sum } from 'd3-array'
import { at } from '../../profile/columns.js'
import type { HookReport } from '../../report/account-reports.js'
import type { FileRecord } from '../../report/record/run-record.js'
import { relativeTo } from '../../report/relative-path.js'
import type { Report } from '../../report/report.js'
import { sumIfKnown } from '../../report/rounding.js'
import { ownMs } from '../../report/views/busy-machine.js'
import { count, duration, percent } from '../../report/views/figures.js'
import { nameText } from '../../report/views/names.js'
import { packageOf } from '../../resolve/categories.js'
import { byFile } from '../evidence/files.js'
import { hookPlace, hookPlaces, place, positionOf } from '../evidence/places.js'
import type { Facts, FindingDraft } from '../rule.js'

/** A share of the files' time; or a share of the time of hooks and tests, and at least so many milliseconds. */
const LARGE_OF_FILES = 0.2
const LARGE_OF_TESTS = 0.5
const LARGE_MS = 200

const REMEDIES: Readonly<Record<HookReport['type'], string>> = {
  beforeEach: 'Set up in `beforeAll` what the tests only read, and in each test only what it needs.',
  beforeAll: 'Build less, or once for all files in `globalSetup` where they can share it.',
  afterEach: 'Clean up only what the test has changed, or once in `afterAll`.',
  afterAll: 'Close without waiting for what is no longer needed, or once for all files in `globalTeardown`.',
}

/** A hook that a package defines while it is imported: what is known of some, and what holds for all. */
const PACKAGE_REMEDIES: readonly { readonly package: RegExp; readonly remedy: string }[] = [
  {
    // https://testing-library.com/docs/react-testing-library/setup/#skipping-auto-cleanup
    package: /^@testing-library\/(?:react|preact|vue|svelte|angular|react-native|react-hooks)$/,
    remedy:
      'It removes what each test has rendered. Render less in each test; test files that render nothing need not import the package. ' +
      'Where cleaning up is not needed, import its entry `pure`, or set `RTL_SKIP_AUTO_CLEANUP=true`.',
  },
  {
    package: /./,
    remedy:
      'The package defines it while it is imported, so it runs for each test of every file that imports it. Import the package only in ' +
      'the test files that need it, and not in a set-up file, or look for an entry or an option of it without hooks.',
  },
]

export function dominantHook({ report, record }: Facts): FindingDraft[] {
  return dominantHooks(report).map(({ where, hook }) => {
    const { type, describe, file, wallMs, cpuMs, idleMs } = hook
    // Paths of the report are relative.
    const owner = packageOf(`/${file}`)
    const shown = file === '' ? nameText(describe) || 'the top level' : place(hook)
    const waits = idleMs > wallMs / 2 ? 'Most of it is waiting: see the waits for the cause. ' : ''
    return {
      id: `dominant-hook:${where}`,
      // It is unknown how much of it can be saved.
      confidence: 'medium',
      title: `The ${type} hook ${owner === undefined ? `at ${shown}` : `of ${owner}`} dominates`,
      evidence:
        `It ran ${count(hook.count, 'time')} in ${count(hook.files, 'file')}: ${duration(wallMs)}, ` +
        `${percent(wallMs, report.totals.fileWallMs)} of the files' time; ` +
        `CPU ${duration(cpuMs)}, waiting ${duration(idleMs)}.`,
      remedy: waits + (owner === undefined ? REMEDIES[type] : remedyOfPackage(owner)),
      // Without the time when no core was free, which is no fault of the hook.
      costMs: ownMs(hook),
      savings: { files: byFile(record, hookTime(where, report)) },
      position: positionOf(hook),
    }
  })
}

function remedyOfPackage(owner: string): string {
  return PACKAGE_REMEDIES.find(entry => entry.package.test(owner))?.remedy ?? ''
}

/** Hooks that take a large share of the run, and their places. */
export function dominantHooks(report: Report): { where: string; hook: HookReport }[] {
  return joinedHooks(report).filter(({ hook }) => ownMs(hook) >= leastOfHook(report))
}

/** Takes the place of a hook; returns its time in a file. */
function hookTime(where: string, { run }: Pick<Report, 'run'>): (file: FileRecord) => number {
  const toRelative = relativeTo(run.displayRoot)
  return file =>
    sum(hookPlaces(file, toRelative), (place, index) =>
      place === where ? (file.recording?.hooks[index]?.times.wall ?? 0) : 0,
    )
}

/** Milliseconds below which a hook does not dominate. */
export function leastOfHook({ totals, phases }: Pick<Report, 'totals' | 'phases'>): number {
  const testing = phases.hooks.wallMs + phases.tests.wallMs
  return Math.min(LARGE_OF_FILES * totals.fileWallMs, Math.max(LARGE_MS, LARGE_OF_TESTS * testing))
}

/** One for each place: `describe.each` makes several of one definition. */
function joinedHooks({ hooks }: Report): { where: string; hook: HookReport }[] {
  return Array.from(group(hooks, hookPlace), ([where, same]) => {
    const hook = {
      ...at(same, 0),
      count: sum(same, ({ count }) => count),
      // Hooks of one `describe.each` are in the same file.
      files: max(same, ({ files }) => files) ?? 0,
      wallMs: sum(same, ({ wallMs }) => wallMs),
      cpuMs: sum(same, ({ cpuMs }) => cpuMs),
      idleMs: sum(same, ({ idleMs }) => idleMs),
      readyMs: sumIfKnown(same.map(({ readyMs }) => readyMs)),
    }
    return { where, hook }
  })
}
