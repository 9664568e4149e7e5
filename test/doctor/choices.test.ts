// Which files a trial runs, what each of them gets, and what users may ask for.

import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { sampleOf } from '../../src/doctor/batches/sample.js'
import type { Candidate, DoctorFacts, SuiteFile } from '../../src/doctor/candidate.js'
import { settings } from '../../src/doctor/candidates/settings.js'
import { trialOf } from '../../src/doctor/runs/compose.js'
import { chooseCandidates } from '../../src/doctor/selected.js'

const CONFIG = {
  id: 'p',
  rootDir: '/p',
  setupFiles: ['/p/a.js'],
  testTimeout: 5000,
} as unknown as SuiteFile['config']

function file(index: number, wallMs = 100): SuiteFile {
  return {
    key: `k${index}`,
    path: `t${index}.js`,
    file: `/p/t${index}.js`,
    config: CONFIG,
    report: { wallMs } as SuiteFile['report'],
  }
}

const FILES = [file(0), file(1), file(2)]
const FACTS = {
  files: FILES,
  configs: [CONFIG],
  globalConfig: { maxWorkers: 2, silent: false, rootDir: '/p' },
  report: { totals: { wallMs: 1000 }, command: null },
} as unknown as DoctorFacts

describe('A trial', () => {
  const adding = (path: string): Candidate['change'] => {
    return { options: ({ setupFiles }) => ({ setupFiles: [...setupFiles, path] }) }
  }

  test('gives each file the changes that concern it, one built on the other', () => {
    const { changed, only } = trialOf(
      [
        { change: adding('/b.js'), files: new Set(['k0', 'k1']) },
        { change: adding('/c.js'), files: new Set(['k1']) },
      ],
      null,
      FACTS,
    )
    expect(only).toBeNull()
    expect(changed).toEqual([
      { files: ['k0'], options: { setupFiles: ['/p/a.js', '/b.js'] } },
      { files: ['k1'], options: { setupFiles: ['/p/a.js', '/b.js', '/c.js'] } },
    ])
  })

  test('has the options of the whole command beside them', () => {
    const change: Candidate['change'] = {
      globalOptions: { silent: true },
      projectOptions: () => ({ roots: ['/p/src'] }),
    }
    const trial = trialOf([{ change, files: new Set() }], ['k2'], FACTS)
    expect(trial).toMatchObject({
      only: ['k2'],
      globalOptions: { silent: true },
      projectOptions: { p: { roots: ['/p/src'] } },
    })
    expect(trial.changed).toEqual([])
  })
})

test('A sample has files of all lengths, and takes no more than its time where there are more than a few', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 1, max: 50_000 }),
      (times, mostMs) => {
        const files = times.map((wallMs, index) => file(index, wallMs))
        const sample = sampleOf(files, mostMs)
        expect(new Set(sample.map(({ key }) => key)).size).toBe(sample.length)
        expect(sample.length).toBeGreaterThanOrEqual(Math.min(8, files.length))
        const all = times.reduce((sum, wallMs) => sum + wallMs, 0)
        if (all <= mostMs) expect(sample).toHaveLength(files.length)
      },
    ),
  )
  const even = sampleOf(
    Array.from({ length: 100 }, (_, index) => file(index, index + 1)),
    505,
  )
  expect(even).toHaveLength(10)
  expect(even.map(({ report }) => Math.ceil(report.wallMs / 10))).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1])
})

describe('--only', () => {
  const candidates = [
    { name: 'barrel:src/a.js' },
    { name: 'barrel:src/b.js' },
    { name: 'silent' },
  ] as Candidate[]
  const names = (only: readonly string[]) => chooseCandidates(candidates, only).map(({ name }) => name)

  test('takes names, and kinds of candidates', () => {
    expect(names([])).toHaveLength(3)
    expect(names(['barrel'])).toEqual(['barrel:src/a.js', 'barrel:src/b.js'])
    expect(names(['silent', 'barrel:src/b.js'])).toEqual(['barrel:src/b.js', 'silent'])
  })

  test('refuses what the profile does not speak for, and names the nearest', () => {
    expect(() => names(['barels'])).toThrow(
      '--only barels: there is no such candidate for this suite. Did you mean barrel?',
    )
    expect(() => names(['happy-dom'])).toThrow(/The profile speaks for: barrel:src\/a\.js/)
    expect(() => chooseCandidates([], ['silent'])).toThrow('The profile speaks for no change of this suite.')
  })
})

describe('--set', () => {
  test('is a candidate with the value as JSON or text, in the config that has the option', () => {
    const [workers, timeout] = settings(['maxWorkers=3', 'testTimeout=100'], FACTS)
    expect(workers?.change.globalOptions).toEqual({ maxWorkers: 3 })
    expect(workers?.change.projectOptions).toBeUndefined()
    expect(timeout?.change.projectOptions?.(CONFIG)).toEqual({ testTimeout: 100 })
    expect(timeout?.patch([], true)).toBe('// in the Jest config\ntestTimeout: 100')
  })

  test.each([
    ['maxWorker=3', /has no option "maxWorker"\. Did you mean maxWorkers\?/],
    ['maxWorkers=many', /must be of type number, as 2 is\. Write the value as JSON\./],
    ['maxWorkers', /must be key=value, got "maxWorkers"\. Write --set maxWorkers=2\./],
  ])('%s is refused in one line', (setting, message) => {
    expect(() => settings([setting], FACTS)).toThrow(message)
  })
})
