// The workflows of this repository: actions are pinned to commits, and every job has a time limit.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { ROOT } from '../e2e/support/cache.js'

const FOLDER = join(ROOT, '.github/workflows')
const WORKFLOWS = readdirSync(FOLDER).map(name => [name, readFileSync(join(FOLDER, name), 'utf8')] as const)

describe.each(WORKFLOWS)('%s', (_name, text) => {
  test('pins every action to a commit and names its version', () => {
    const uses = [...text.matchAll(/^\s+- (?:name: .*\n\s+)?uses: (.*)$/gm)].map(([, action = '']) => action)
    expect(uses.length).toBeGreaterThan(0)
    expect(uses.filter(action => !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action))).toEqual([])
  })

  test('limits the time of every job', () => {
    const jobs = text.slice(text.indexOf('\njobs:\n')).match(/^ {2}[\w-]+:$/gm) ?? []
    expect(jobs.length).toBeGreaterThan(0)
    expect(text.match(/^ {4}timeout-minutes: \d+$/gm)).toHaveLength(jobs.length)
  })

  test('limits permissions and concurrent runs', () => {
    expect(text).toMatch(/^permissions:\n {2}contents: read$/m)
    expect(text).toMatch(/^concurrency:\n {2}group: /m)
  })
})

test('The workflow and .ci/run take their steps from scripts/ci.sh', () => {
  const workflow = readFileSync(join(FOLDER, 'ci.yml'), 'utf8')
  const script = readFileSync(join(ROOT, '.ci/run'), 'utf8')
  for (const text of [workflow, script]) {
    expect(text).toContain('scripts/ci.sh install check')
    expect(text).toMatch(/scripts\/ci\.sh (install )?test$/m)
    expect(text).not.toMatch(/npm (test|run (check|lint|types|test))/)
  }
  expect(readFileSync(join(ROOT, 'scripts/ci.sh'), 'utf8')).toContain('JEST_PROFILER_REQUIRE_READERS=1')
})
