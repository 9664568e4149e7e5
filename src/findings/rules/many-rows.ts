// Thousands of rows of one `test.each`: what Jest does for each test takes longer than the tests themselves.

import { group } from 'd3-array'
import { at } from '../../profile/columns.js'
import { isUserCode } from '../../profile/own-code.js'
import { fileKey } from '../../profile/paths.js'
import { type Phase, type Profile, samplesOf, TIMES } from '../../profile/profile.js'
import type { FileRecord } from '../../report/record/run-record.js'
import { relativeTo } from '../../report/relative-path.js'
import { count, duration, percent } from '../../report/views/figures.js'
import { keyOf } from '../evidence/files.js'
import { place } from '../evidence/places.js'
import type { Facts, FindingDraft } from '../rule.js'

const FEWEST_ROWS = 500
/** Jest's own part of the CPU time of such a file, at least. */
const LEAST_SHARE = 0.5

const TESTING: ReadonlySet<Phase> = new Set(['imports', 'hooks', 'tests', 'other'])

export function manyRows({ report, record, profile }: Facts): FindingDraft[] {
  const toRelative = relativeTo(report.run.displayRoot)
  const files = record.files.filter(file => largestDefinition(file) !== undefined)
  if (files.length === 0) return []
  const times = workOfJest(profile)
  return files.flatMap((file): FindingDraft[] => {
    const { jest = 0, all = 0 } = times.get(keyOf(file)) ?? {}
    const rows = largestDefinition(file)
    if (rows === undefined || jest < LEAST_SHARE * all) return []
    const position = { file: toRelative(rows.file), line: rows.line, column: rows.column }
    const costMs = (jest / 1000) * (rows.tests / rows.ofFile)
    return [
      {
        id: `many-rows:${place(position)}`,
        confidence: 'medium',
        title: `${count(rows.tests, 'test')} are defined at ${place(position)}`,
        evidence:
          `What Jest itself does for them takes ${duration(costMs)}, ${duration(costMs / rows.tests)} each, ` +
          `${percent(jest, all)} of the CPU time of ${toRelative(file.path)}.`,
        remedy:
          'Check many values in a loop of one test, with the value in the message of a failure, and keep a row for each case ' +
          'that a reader wants to see by name.',
        costMs,
        savings: { files: new Map([[keyOf(file), 1]]) },
        position,
      },
    ]
  })
}

interface ManyTests {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly tests: number
  readonly ofFile: number
}

/** The place that defines most tests of a file; undefined if these are few. */
function largestDefinition({ recording }: FileRecord): ManyTests | undefined {
  // Each test once, whatever its attempts.
  const tests = [...new Map(recording?.tests.map(test => [test.index, test])).values()]
  if (tests.length < FEWEST_ROWS) return undefined
  const places = group(
    tests.filter(({ line }) => line > 0),
    ({ file, line }) => `${file}\0${line}`,
  )
  const [largest = []] = [...places.values()].toSorted((a, b) => b.length - a.length)
  const [first] = largest
  if (first === undefined || largest.length < FEWEST_ROWS) return undefined
  const { file, line, column } = first
  return { file, line, column, tests: largest.length, ofFile: tests.length }
}

/** By test file, in microseconds: CPU time from its imports on, and the part of it without code of the project or of packages. */
function workOfJest(profile: Profile): Map<string, { jest: number; all: number }> {
  const { frames, stacks, scopes } = profile
  const samples = samplesOf(profile, TIMES.cpu)
  const isUsers: boolean[] = []
  stacks.frame.forEach((frame, stack) => {
    const caller = at(stacks.caller, stack)
    isUsers.push((caller >= 0 && at(isUsers, caller)) || isUserCode(at(frames, frame)))
  })
  const times = new Map<string, { jest: number; all: number }>()
  samples.stack.forEach((stack, row) => {
    const scope = at(scopes, at(samples.scope, row))
    if (!TESTING.has(scope.phase)) return
    const time = times.get(fileKey(scope)) ?? { jest: 0, all: 0 }
    times.set(fileKey(scope), time)
    time.all += at(samples.weight, row)
    if (!at(isUsers, stack)) time.jest += at(samples.weight, row)
  })
  return times
}
