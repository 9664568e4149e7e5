// In watch mode, every rerun is a separate run, none triggers another, and earlier runs do not change.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import type { Report } from '../../src/report/report.js'
import { CELLS, configs, runAs } from './support/set-ups.js'
import { createSuite, WARNING } from './support/suite.js'

const KEPT = 5
/** With the first run, there are two more runs than are kept, so runs are removed more than once. */
const RERUNS = KEPT + 1
/** Milliseconds in which a run that one of the profiler's files triggered would have started, and mostly ended. */
const AFTERWARDS = 2500

function testOfRun(rerun: number): string {
  return `test('of run ${rerun}', () => {})`
}

/** Id, tests and number of recordings of each kept run, oldest first. */
function keptRuns(outputDir: string) {
  const runs = readdirSync(outputDir)
    .filter(name => /^\d/.test(name))
    .toSorted()
  return runs.map(name => {
    const report: Report = JSON.parse(readFileSync(join(outputDir, name, 'report.json'), 'utf8'))
    const recordings = readdirSync(join(outputDir, name, 'recordings')).length
    return {
      id: report.run.id,
      tests: report.files.flatMap(file => file.tests.map(row => row.fullName)),
      recordings,
    }
  })
}

test.each(CELLS)(
  `${RERUNS} reruns in watch mode are separate runs, and the last ${KEPT} are kept: Jest $jestMajor with $setUp`,
  async ({ jestMajor, setUp }) => {
    const suite = await createSuite(jestMajor, {
      title: 'watch-reruns',
      files: { ...configs(), 'one.test.js': testOfRun(0) },
    })
    let reruns = 0
    const { stderr } = await runAs(setUp, suite, ['--watchAll', '--watchman=false'], {
      onStderr: (text, child) => {
        const ended = text.match(/Ran all test suites/g)?.length ?? 0
        if (ended <= reruns) return
        reruns++
        if (reruns > RERUNS) setTimeout(() => child.kill('SIGINT'), AFTERWARDS)
        else writeFileSync(join(suite.directory, 'one.test.js'), testOfRun(reruns))
      },
    })
    expect(stderr.match(/ Test profile /g)).toHaveLength(RERUNS + 1)
    expect(stderr).not.toMatch(WARNING)
    const outputDir = join(suite.directory, '.jest-profiler')
    const kept = keptRuns(outputDir)
    expect(kept.map(({ tests, recordings }) => ({ tests, recordings }))).toEqual(
      Array.from({ length: KEPT }, (_, index) => RERUNS - KEPT + 1 + index).map(rerun => ({
        tests: [`of run ${rerun}`],
        recordings: 2,
      })),
    )
    expect(suite.savedRun().report().run.id).toBe(kept.at(-1)?.id)
  },
)
