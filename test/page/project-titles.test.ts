import { describe, expect, test } from '@jest/globals'
import { projectTitles } from '../../src/page/data/text.js'

const titles = (...files: [projectId: string, project: string, path: string][]) => [
  ...projectTitles(files.map(([projectId, project, path]) => ({ projectId, project, path }))).values(),
]

describe('projectTitles', () => {
  test('uses the name of a project, or else the folder of its test files', () => {
    expect(
      titles(
        ['1', 'web', 'packages/web/a.test.ts'],
        ['2', '', 'packages/api/src/a.test.ts'],
        ['2', '', 'packages/api/test/b.test.ts'],
        ['2', '', 'packages/api/test2/c.test.ts'],
      ),
    ).toEqual(['web', 'packages/api'])
  })

  test('numbers projects with the same name or folder', () => {
    expect(titles(['1', '', 'test/a.test.ts'], ['2', '', 'test/a.test.ts'], ['3', '', 'b.test.ts'])).toEqual([
      'test project 1',
      'test project 2',
      'project 3',
    ])
    expect(titles(['1', 'same', 'a.test.ts'], ['2', 'same', 'a.test.ts'])).toEqual([
      'same project 1',
      'same project 2',
    ])
  })
})
