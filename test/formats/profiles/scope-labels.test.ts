import { expect, test } from '@jest/globals'
import { scopeLabels } from '../../../src/formats/profiles/scope-labels.js'
import type { Scope } from '../../../src/profile/profile.js'
import type { FileReport } from '../../../src/report/file-report.js'
import { fileReport, testReport } from '../../support/facts.js'
import { drawnScope } from '../../support/profile-from-text.js'
import { reportOf } from '../../support/run-record.js'

const FILE: FileReport = {
  ...fileReport({ path: 'a.test.js', project: 'unit', projectId: 'p1' }),
  tests: [testReport({ index: 0, name: ['cart', 'adds up'] }), testReport({ index: 1, name: ['waits'] })],
  groups: [
    {
      ...testReport({ index: 0 }),
      tests: [0, 1],
      ...{ cpuMs: 0, idleMs: 0, gcMs: 0, blockedMs: 0 },
      ...{ uncertaintyMs: 0, gcUncertaintyMs: 0, sampleCount: 0 },
    },
  ],
  hooks: [
    { type: 'beforeEach', describe: ['cart'], file: 'a.test.js', line: 1, column: 1, runs: [] },
    { type: 'afterAll', describe: [], file: 'a.test.js', line: 2, column: 1, runs: [] },
  ],
}

function labels(given: Partial<Scope>) {
  const scope = { ...drawnScope('-'), project: 'p1', ...given }
  const report = { ...reportOf([]), files: [FILE] }
  return scopeLabels({ scopes: [scope] }, report)[0]
}

test.each<[string, Partial<Scope>, object]>([
  ['a file', {}, { file: 'a.test.js', project: 'unit', worker: 1, phase: 'other', test: undefined }],
  ['a test', { test: 0, attempt: 1 }, { test: 'cart › adds up' }],
  ['a later attempt', { test: 1, attempt: 2 }, { test: 'waits (attempt 2)' }],
  ['a test that the report has cut', { test: 7, attempt: 1 }, { test: 'test 7' }],
  ['a concurrent group', { group: 0 }, { test: '2 concurrent tests (0 to 1)' }],
  ['a hook of a describe block', { hook: 0, phase: 'hooks' }, { hook: 'beforeEach of cart', phase: 'hooks' }],
  ['a hook of a file', { hook: 1, phase: 'hooks' }, { hook: 'afterAll' }],
  ['a file that the report has cut', { file: '/project/b.test.js' }, { file: 'b.test.js', project: '' }],
  ['a file of another project', { project: 'p2' }, { file: 'a.test.js', project: '' }],
])('scopeLabels names %s', (_what, scope, expected) => {
  expect(labels(scope)).toMatchObject(expected)
})
