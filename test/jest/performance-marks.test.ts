import { describe, expect, test } from '@jest/globals'
import { resultsProcessed, searchBegan, stepMs } from '../../src/jest/performance-marks.js'
import { JESTS, publishedCode } from '../support/jests.js'

/** A performance timeline with these marks, and a log of the requested names. */
function timeline(marks: Record<string, number>) {
  const asked: string[] = []
  const getEntriesByName = (name: string) => {
    asked.push(name)
    return name in marks ? [{ startTime: marks[name] }] : []
  }
  return { asked, getEntriesByName: getEntriesByName as never }
}

const STEPS = ['fileMap', 'findTests', 'globalSetup', 'globalTeardown'] as const

test.each(JESTS)('Jest %s sets every performance mark that is read', (_version, jest) => {
  const marked = timeline({})
  for (const step of STEPS) stepMs(marked, step, 0)
  searchBegan(marked)
  resultsProcessed(marked)
  expect(marked.asked).toHaveLength(10)
  const code = publishedCode(jest, '@jest/core')
  for (const name of marked.asked) expect(code).toContain(`mark('${name}'`)
})

describe('the performance marks of an unknown Jest', () => {
  test('are undefined', () => {
    const unmarked = timeline({ 'jest/search': 1 })
    expect(STEPS.map(step => stepMs(unmarked, step, 0))).toEqual([undefined, undefined, undefined, undefined])
    expect([searchBegan(unmarked), resultsProcessed(unmarked)]).toEqual([undefined, undefined])
  })
})
