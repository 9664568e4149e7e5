import { describe, expect, test } from '@jest/globals'
import { fixedCosts } from '../../../src/findings/rules/fixed-costs.js'
import { PHASES, type Phase } from '../../../src/profile/profile.js'
import type { FileReport, PhaseTimes } from '../../../src/report/file-report.js'
import { factsOf, fileReport, NO_TIMES } from '../../support/facts.js'

function fileWith(path: string, times: Partial<Record<Phase, number>>): FileReport {
  const phases = Object.fromEntries(
    PHASES.map(phase => [phase, { ...NO_TIMES, wallMs: times[phase] ?? 0 }]),
  ) as Record<Phase, PhaseTimes>
  const wallMs = Object.values(times).reduce((sum, ms) => sum + ms, 0)
  return fileReport({ path, wallMs, phases })
}

const small = (index: number) =>
  fileWith(`${index}.test.js`, { environment: 400, framework: 100, imports: 20, tests: 5 })
const found = (files: FileReport[]) => fixedCosts(factsOf({ report: { files } }))
const sixSmall = Array.from({ length: 6 }, (_, index) => small(index))

describe('fixedCosts', () => {
  test('finds files that hardly test, with what each pays and its largest part', () => {
    const [finding, ...others] = found(sixSmall)
    expect(others).toEqual([])
    expect(finding).toMatchObject({
      id: 'fixed-cost',
      confidence: 'low',
      title: 'Each of 6 test files pays 500 ms around its tests, and 6 hardly test',
      costMs: 3000,
      savings: { share: 0.5 },
    })
    expect(finding?.evidence).toContain('environment 2.40 s (80 %), framework 600 ms (20 %)')
    expect(finding?.remedy).toContain('lighter `testEnvironment`')
  })

  test('leaves out what an environment waits for', () => {
    const waiting = sixSmall.map(file => {
      const { phases } = file
      return { ...file, phases: phases && { ...phases, environment: { ...phases.environment, idleMs: 390 } } }
    })
    expect(found(waiting)).toEqual([])
  })

  test.each<[string, FileReport[]]>([
    ['a few files', sixSmall.slice(0, 4)],
    [
      'files that mostly test',
      sixSmall.map((file, index) =>
        index < 5 ? fileWith(file.path, { environment: 400, tests: 100 }) : file,
      ),
    ],
    ['a small part of the run', sixSmall.map(({ path }) => fileWith(path, { environment: 300, tests: 5 }))],
  ])('ignores %s', (_what, files) => {
    expect(found(files)).toEqual([])
  })
})
