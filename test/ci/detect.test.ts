import { describe, expect, test } from '@jest/globals'
import { detectCi } from '../../src/ci/detect.js'

const nothing = { name: undefined, repository: undefined, summaryFile: undefined, outputFile: undefined }

describe('detectCi', () => {
  test('detects GitHub Actions, with its files', () => {
    const env = {
      GITHUB_ACTIONS: 'true',
      GITHUB_WORKSPACE: '/work',
      GITHUB_OUTPUT: '/tmp/output',
      GITHUB_STEP_SUMMARY: '/tmp/summary',
    }
    expect(detectCi(env)).toEqual({
      name: 'github',
      repository: '/work',
      summaryFile: '/tmp/summary',
      outputFile: '/tmp/output',
    })
  })

  test('detects GitLab CI', () => {
    const env = { GITLAB_CI: 'true', CI_PROJECT_DIR: '/builds/group/project', GITHUB_OUTPUT: '/tmp/output' }
    expect(detectCi(env)).toEqual({ ...nothing, name: 'gitlab', repository: '/builds/group/project' })
  })

  test.each([{}, { GITHUB_ACTIONS: '', GITLAB_CI: '' }, { CI: 'true', GITHUB_OUTPUT: '/tmp/output' }])(
    'detects neither with %j',
    env => {
      expect(detectCi(env)).toEqual(nothing)
    },
  )

  test('finds the step summary without a known CI system', () => {
    expect(detectCi({ GITHUB_STEP_SUMMARY: '/tmp/summary' })).toEqual({
      ...nothing,
      summaryFile: '/tmp/summary',
    })
  })
})
