import { describe, expect, test } from '@jest/globals'
import { jsonTriggersWatch } from '../../src/run/watch-mode.js'

const watching = { watch: true, watchAll: false }
const project = { roots: ['/project'], watchPathIgnorePatterns: [], modulePathIgnorePatterns: [] }
const runFolder = '/project/.jest-profiler/run'

describe('jsonTriggersWatch', () => {
  test('only while Jest watches, in either of its modes', () => {
    expect(jsonTriggersWatch({ watch: false, watchAll: false }, [project], runFolder)).toBe(false)
    expect(jsonTriggersWatch(watching, [project], runFolder)).toBe(true)
    expect(jsonTriggersWatch({ watch: false, watchAll: true }, [project], runFolder)).toBe(true)
  })

  test('not outside of the roots that Jest watches, though they begin alike', () => {
    expect(jsonTriggersWatch(watching, [{ ...project, roots: ['/project/src'] }], runFolder)).toBe(false)
    expect(jsonTriggersWatch(watching, [project], '/project-runs/run')).toBe(false)
  })

  test('not where the project has Jest look away', () => {
    const patterns = ['[/\\\\]\\.jest-profiler[/\\\\]']
    expect(jsonTriggersWatch(watching, [{ ...project, watchPathIgnorePatterns: patterns }], runFolder)).toBe(
      false,
    )
    expect(jsonTriggersWatch(watching, [{ ...project, modulePathIgnorePatterns: patterns }], runFolder)).toBe(
      false,
    )
    expect(
      jsonTriggersWatch(watching, [{ ...project, watchPathIgnorePatterns: ['/build/'] }], runFolder),
    ).toBe(true)
  })

  test('one of several projects is enough', () => {
    const looksAway = { ...project, watchPathIgnorePatterns: ['\\.jest-profiler'] }
    expect(jsonTriggersWatch(watching, [looksAway, project], runFolder)).toBe(true)
  })
})
