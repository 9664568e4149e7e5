import { expect, test } from '@jest/globals'
import { environmentWaits } from '../../../src/findings/rules/environment-waits.js'
import { PHASES, type Phase } from '../../../src/profile/profile.js'
import type { PhaseTimes } from '../../../src/report/file-report.js'
import { type DrawnWait, factsOf, fileReport, NO_TIMES, waitingFile } from '../../support/facts.js'

const OF_PACKAGE: DrawnWait = {
  calls: ['node_modules/dom/timer.js:3', 'node_modules/env/index.js:9', 'node_modules/ticker/index.js:12'],
  count: 1,
  totalMs: 2000,
}
const OWN: DrawnWait = { calls: ['env.js:8'], count: 1, totalMs: 600 }

function found(idle: Partial<Record<Phase, number>>, waits: DrawnWait[] = [OF_PACKAGE]) {
  const phases = Object.fromEntries(
    PHASES.map(phase => [phase, { ...NO_TIMES, wallMs: idle[phase] ?? 0, idleMs: idle[phase] ?? 0 }]),
  ) as Record<Phase, PhaseTimes>
  const files = [fileReport({ path: 'a.test.js', projectId: 'project-id', phases })]
  return environmentWaits(factsOf({ records: [waitingFile(waits)], report: { files } }))
}

test('An environment that waits in teardown is named by its test file, with the package that asked for the wait', () => {
  expect(found({ environment: 20, teardown: 2000 })).toMatchObject([
    {
      id: 'environment-waits',
      confidence: 'medium',
      title: 'Tearing down the environment of 1 test file waits',
      evidence:
        "2.02 s outside of the project's code: a.test.js 2.02 s. It waits for: timer of ticker (ticker/index.js:12) 2.00 s.",
      remedy: expect.stringContaining('afterAll'),
      costMs: 2020,
      position: { file: 'a.test.js', line: 1, column: 1 },
    },
  ])
})

test('One that waits while it is set up could do so once for all', () => {
  const [finding] = found({ environment: 2000 }, [{ ...OF_PACKAGE, kind: 'unexplained', calls: [] }])
  expect(finding).toMatchObject({
    title: 'Setting up the environment of 1 test file waits',
    evidence: expect.stringMatching(/It waits for: unexplained 2\.00 s\.$/),
    remedy: expect.stringContaining('globalSetup'),
  })
})

test('Without recorded waits, it is said how to have them', () => {
  const [finding] = found({ teardown: 2000 }, [{ ...OF_PACKAGE, kind: 'not recorded', calls: [] }])
  expect(finding?.evidence).toMatch(/was not recorded: run again with `--waits`\.$/)
})

test('Waits that the project’s own environment started, that are short, or that are in other phases are not its', () => {
  expect(found({ environment: 600 }, [OWN])).toEqual([])
  expect(found({ environment: 90 })).toEqual([])
  expect(found({ imports: 2000 })).toEqual([])
  expect(found({ environment: 2600 }, [OWN, OF_PACKAGE])).toMatchObject([{ costMs: 2000 }])
})
