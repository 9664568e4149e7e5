import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import type { RecordingEnd } from '../../src/recording/enums.js'
import type { CollectedRecord } from '../../src/run/collector.js'
import { explainEarlyEnd, explainMissing, type MissingContext } from '../../src/run/explain-missing.js'
import { resolvedFromText, span } from '../support/recording.js'
import { fileRecord, recordedFile } from '../support/run-record.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const runner = createRequire(import.meta.url).resolve('jest-runner')

interface Situation {
  /** The text of the test file. */
  text?: string
  config?: object
  include?: string[]
  error?: string
  lastHeap?: string
  launched?: boolean
  folderRemoved?: boolean
  file?: Partial<CollectedRecord>
}

function explained({
  text = '',
  config,
  include,
  error,
  lastHeap,
  launched = false,
  folderRemoved = false,
  file,
}: Situation): string | undefined {
  const rootDir = temporaryFolder()
  const path = join(rootDir, 'a.test.js')
  writeFileSync(path, text)
  const context = {
    config: {
      rootDir,
      testEnvironment: 'node',
      ...config,
      runner: String((config as { runner?: string } | undefined)?.runner ?? runner).replace(
        '<rootDir>',
        rootDir,
      ),
    },
    loadingError: error,
    lastActivity: undefined,
    lastHeap,
    link: { include: include ?? null, displayRoot: rootDir, memory: lastHeap !== undefined },
    launched,
    folderRemoved,
  } as MissingContext
  const collected = {
    record: fileRecord({ path }),
    attempts: 0,
    problem: undefined,
    unsaved: undefined,
    ...file,
  }
  const missing = explainMissing(collected, context)
  if (missing === undefined) return undefined
  expect(missing.file).toBe(collected.record.path)
  return `${missing.reason}. ${missing.remedy}`
}

function recordedTo(end: RecordingEnd, tests = [span({ index: 0, start: 0, end: 1 })]) {
  const results = [{ name: ['a'], status: 'passed' as const, wallMs: 1 }]
  return recordedFile(resolvedFromText('0\nA', { header: { end }, tests }), { results })
}

describe('explainMissing', () => {
  test('returns undefined for a file that was recorded to its end', () => {
    expect(explained({ file: { record: recordedTo('teardown'), attempts: 1 } })).toBeUndefined()
  })

  test('names a test runner that sends no events', () => {
    expect(explained({ file: { record: recordedTo('teardown', []), attempts: 1 } })).toBe(
      'the test runner sends no events to the environment, so only the file as a whole is profiled. ' +
        "Use Jest's default testRunner, jest-circus, to see single tests.",
    )
  })

  test('names a process exit, in one or in each of several attempts', () => {
    const record = recordedTo('process exit')
    expect(explained({ file: { record, attempts: 1 } })).toBe(
      'the process exited before the file had finished. Look for process.exit in the test or in the code under test.',
    )
    expect(explained({ file: { record, attempts: 4 } })).toContain(
      'before the file had finished in each of 4 attempts; the last one is shown.',
    )
  })

  test.each<RecordingEnd>(['environment failed', 'abandoned'])('names a set-up that threw (%s)', end => {
    expect(explained({ file: { record: recordedTo(end), attempts: 1 } })).toBe(
      "the environment or a set-up file threw, so the recording ends there. See Jest's message for this file.",
    )
  })

  test('names the profiler’s own failure', () => {
    expect(explained({ file: { problem: 'V8 returned no profile' } })).toBe(
      'the profiler failed: V8 returned no profile. Please report it, with this line and the test file.',
    )
  })

  test('names the option "include"', () => {
    expect(explained({ include: ['^src/'] })).toBe(
      'excluded by the option "include". Widen "include" to record it.',
    )
  })

  test.each([
    ['jsdom', 'Use @jest-environment jest-profiler/jsdom instead.'],
    ['node', 'Use @jest-environment jest-profiler/node instead.'],
    [
      './own.js',
      'Use @jest-environment jest-profiler/environment and @jest-environment-options {"profiler": {"environment": "./own.js"}}.',
    ],
  ])('names a docblock that chooses %s', (environment, remedy) => {
    expect(explained({ text: `/** @jest-environment ${environment} */\ntest()` })).toBe(
      `the docblock chooses the environment "${environment}". ${remedy}`,
    )
  })

  test('names a worker that died', () => {
    const error = 'A jest worker process (pid=7) was terminated by another process: signal=SIGKILL.\nmore'
    expect(explained({ error })).toMatch(/^the worker died: A jest worker process .*signal=SIGKILL\. /)
  })

  test('names what filled the heap of a worker that died, or the option that tells', () => {
    const error = 'Jest worker ran out of memory and crashed!'
    expect(explained({ error })).toMatch(/^the worker died: Jest worker ran out .* `--memory` names the line/)
    const lastHeap = '120 MB of at most 184 MB on its heap, in grow src/grow.js:3'
    const found = explained({ error, lastHeap })
    expect(found).toMatch(
      /crashed; last seen with 120 MB of at most 184 MB on its heap, in grow src\/grow\.js:3\. What it .*Keep less/,
    )
    expect(found).not.toMatch(/--memory/)
  })

  test('names another runner, and the environment of a project', () => {
    expect(explained({ config: { runner: '/project/node_modules/other-runner/index.js' } })).toMatch(
      /^the runner other-runner does not use test environments/,
    )
    expect(explained({ config: { runner: '<rootDir>/tools/lint.js' } })).toMatch(
      /^the runner tools\/lint\.js does/,
    )
    expect(
      explained({ config: { testEnvironment: 'jsdom', displayName: { name: 'web', color: 'red' } } }),
    ).toMatch(
      /^the project "web" uses the environment jsdom, which left no recording\. Wrap the config with withProfiler\(config\)/,
    )
  })

  test('suggests no change of config or docblock in a run of `npx jest-profiler`', () => {
    const text = '/** @jest-environment ./own.js */\ntest()'
    expect(explained({ launched: true, text })).toBe(
      "the environment ./own.js left no recording. Wrap it where it is defined: export default withProfiling(MyEnvironment), from 'jest-profiler'.",
    )
    const config = { testEnvironment: '/project/environment.js' }
    expect(explained({ launched: true, config })).toMatch(/^the environment \/project\/environment\.js left/)
    const error = 'Test environment jsdon cannot be found.'
    expect(explained({ launched: true, text, error })).toBe(
      "Jest failed before it had built the test environment. See Jest's message for this file.",
    )
    expect(explained({ launched: true, include: ['^src/'] })).toMatch(/^excluded by the option "include"/)
  })

  test('does not mistake an error of the test file about a process for a dead worker', () => {
    const error = 'ReferenceError: process is not defined\n    at Object.<anonymous> (src/a.js:1:1)'
    expect(explained({ error })).toContain('uses the environment node, which left no recording')
  })
})

describe('explainMissing for errors of the system', () => {
  test('suggests freeing disk space, and not reporting a bug', () => {
    const problem = 'ENOSPC: no space left on device, write'
    expect(explained({ file: { problem } })).toBe(
      `the recording could not be written: ${problem}. Free disk space, and make the output folder writable.`,
    )
  })

  test('names a recording that is in the report but was not saved', () => {
    const file = { record: recordedTo('teardown'), attempts: 1, unsaved: 'ENOSPC: no space left' }
    expect(explained({ file })).toMatch(/^the recording is in this report, but could not be saved: ENOSPC/)
  })

  test('names the removal of the output folder', () => {
    expect(explained({ folderRemoved: true })).toMatch(/^the output folder was removed while it ran\. /)
  })
})

describe('explainEarlyEnd', () => {
  test('lists unfinished files, and counts files that did not run', () => {
    expect(explainEarlyEnd({ unfinished: ['/a.test.js'], neverRun: 1, bail: false })).toMatchObject([
      { file: '/a.test.js', reason: 'Jest ended before it reported the result of this file' },
      {
        file: '',
        reason: '1 test file did not run, because Jest ended first',
        remedy: expect.stringContaining('process.exit'),
      },
    ])
    expect(explainEarlyEnd({ unfinished: [], neverRun: 0, bail: true })).toEqual([])
  })

  test('suggests running without --bail, and no other cause', () => {
    expect(explainEarlyEnd({ unfinished: [], neverRun: 3, bail: true })).toEqual([
      {
        file: '',
        reason: '3 test files did not run, because Jest ended first',
        remedy: 'Run without --bail to record them all.',
      },
    ])
  })
})
