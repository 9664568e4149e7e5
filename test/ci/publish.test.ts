import { existsSync, mkdirSync, readFileSync, realpathSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { detectCi } from '../../src/ci/detect.js'
import { publishToCi } from '../../src/ci/publish.js'
import type { Report } from '../../src/report/report.js'
import { budgetReport, excess } from '../support/budgets.js'
import { reportOf } from '../support/run-record.js'
import { temporaryFolder } from '../support/temporary-folder.js'

/** A repository with the project in the folder `app`. */
function project(outputName = '.jest-profiler') {
  const repository = realpathSync(temporaryFolder())
  const rootDir = join(repository, 'app')
  const outputDir = join(rootDir, outputName)
  mkdirSync(outputDir, { recursive: true })
  const empty = reportOf([])
  const budgets = [budgetReport({ exceeded: 1, excesses: [excess({})] })]
  const report: Report = { ...empty, run: { ...empty.run, rootDir, displayRoot: rootDir }, budgets }
  const runFolder = join(outputDir, 'run')
  const paths = { html: join(runFolder, 'report.html'), pprof: join(runFolder, 'profile.pb.gz') }
  return { repository, outputDir, published: { report, paths, runFolder, outputDir, topN: 10 } }
}

describe('publishToCi on GitHub', () => {
  test('uses paths relative to the repository, even if that is a symbolic link', () => {
    const { repository, published } = project()
    const link = join(realpathSync(temporaryFolder()), 'link')
    symlinkSync(repository, link)
    for (const workspace of [repository, link]) {
      const ci = detectCi({ GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: workspace })
      expect(publishToCi(ci, published)).toEqual({
        annotations: expect.stringMatching(
          /^::error file=app\/test\/cart\.test\.ts,line=8,col=1,title=.*\n$/,
        ),
        notes: [],
      })
    }
  })

  test('appends the summary and the outputs', () => {
    const { repository, published } = project()
    const [summary, output] = [join(repository, 'summary'), join(repository, 'output')]
    const ci = detectCi({ GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary, GITHUB_OUTPUT: output })
    publishToCi(ci, published)
    publishToCi(ci, published)
    expect(readFileSync(summary, 'utf8').match(/^# Test profile: /gm)).toHaveLength(2)
    expect(readFileSync(output, 'utf8').match(/^[\w-]+(?=<<)/gm)).toEqual([
      ...['run-folder', 'report-html', 'profile-pprof'],
      ...['run-folder', 'report-html', 'profile-pprof'],
    ])
  })

  test('returns a note for each file that cannot be written', () => {
    const { repository, published } = project()
    const missing = join(repository, 'no such folder', 'file')
    const ci = detectCi({ GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: missing, GITHUB_OUTPUT: missing })
    const { notes, annotations } = publishToCi(ci, published)
    expect(notes.map(note => note.split(':', 2).join(':'))).toEqual([
      `jest-profiler: the step summary ${missing} could not be written`,
      'jest-profiler: the step outputs could not be written',
    ])
    expect(annotations).not.toBe('')
  })
})

describe('publishToCi on GitLab', () => {
  test('writes both reports, with paths relative to the repository', () => {
    const { repository, outputDir, published } = project()
    const ci = detectCi({ GITLAB_CI: 'true', CI_PROJECT_DIR: repository })
    expect(publishToCi(ci, published)).toEqual({ annotations: '', notes: [] })
    expect(JSON.parse(readFileSync(join(outputDir, 'gitlab/code-quality.json'), 'utf8'))).toMatchObject([
      { severity: 'critical', location: { path: 'app/test/cart.test.ts', lines: { begin: 8 } } },
    ])
    expect(readFileSync(join(outputDir, 'gitlab/artifacts.env'), 'utf8')).toBe(
      'JEST_PROFILER_RUN_FOLDER=app/.jest-profiler/run\n' +
        'JEST_PROFILER_REPORT_HTML=app/.jest-profiler/run/report.html\n' +
        'JEST_PROFILER_PROFILE_PPROF=app/.jest-profiler/run/profile.pb.gz\n',
    )
  })

  test('leaves out paths with whitespace, and returns a note', () => {
    const { repository, outputDir, published } = project('my runs')
    const { notes } = publishToCi(detectCi({ GITLAB_CI: 'true', CI_PROJECT_DIR: repository }), published)
    expect(notes).toEqual([
      'jest-profiler: JEST_PROFILER_RUN_FOLDER, JEST_PROFILER_REPORT_HTML, JEST_PROFILER_PROFILE_PPROF cannot be in ' +
        `artifacts.env: GitLab takes no path with whitespace, got ${JSON.stringify(outputDir)}. ` +
        'Set the option "outputDir" to a path without whitespace.',
    ])
    expect(readFileSync(join(outputDir, 'gitlab/artifacts.env'), 'utf8')).toBe('')
  })
})

test('publishToCi writes and prints nothing on other systems', () => {
  const { outputDir, published } = project()
  expect(publishToCi(detectCi({}), published)).toEqual({ annotations: '', notes: [] })
  expect(existsSync(join(outputDir, 'gitlab'))).toBe(false)
})
