import { mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import type { ProcessKey } from '../../src/attribution/cache-keys.js'
import type { RunRecord } from '../../src/report/record/run-record.js'
import { toSavedRun } from '../../src/report/record/saved-run.js'
import { compareKeys, keyContext } from '../../src/run/transform-keys.js'
import { createRunFolder } from '../../src/storage/run-folder.js'
import { RunStore } from '../../src/storage/run-store.js'
import { moduleTotal } from '../support/account-rows.js'
import { RUN_START, runRecord } from '../support/run-record.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const LONG_AGO = new Date(RUN_START - 1_000_000)

/** A project with one source file and a transformer, which were last modified long before any run. */
function project() {
  const rootDir = temporaryFolder()
  mkdirSync(join(rootDir, 'tools'))
  const [source, transformer] = [join(rootDir, 'a.js'), join(rootDir, 'tools/transformer.js')]
  const write = (path: string, at: Date = LONG_AGO) => {
    writeFileSync(path, '')
    utimesSync(path, at, at)
  }
  for (const path of [source, transformer, join(rootDir, 'package.json')]) write(path)
  const outputDir = join(rootDir, 'runs')
  const entry = (path: string, key: string, input = 'i'): ProcessKey => ({
    ...{ transformer, path, input, key, again: null, worker: '1-0' },
  })
  const module = moduleTotal({ path: source })
  let runs = 0
  /** Saves a run with these cache keys, and returns how they compare with earlier runs. */
  const run = (cacheKeys: ProcessKey[], given: Partial<RunRecord> & { context?: string } = {}) => {
    const { context = 'context', ...record } = given
    const misses = { transformer, extension: '.js', files: 3, misses: 3, micros: 0, missMicros: 0 }
    const known = runRecord({
      ...{ modules: [module], cacheKeys, startedAtMs: RUN_START + runs++ },
      transforms: [{ ...misses, loadMicros: 0, missLoadMicros: 0, uncached: 0 }],
      ...record,
    })
    const folder = createRunFolder(outputDir, `run-${runs}`)
    const own = { ...known, run: { ...known.run, rootDir, id: folder.id, ...record.run } }
    const transformKeys = compareKeys(own, { context, outputDir })
    new RunStore(folder).saveRun(toSavedRun({ ...own, transformKeys }))
    return transformKeys
  }
  return { source, transformer, rootDir, write, entry, run }
}

describe('compareKeys', () => {
  test('finds a transformer that returns other cache keys for the same files', () => {
    const { source, transformer, entry, run } = project()
    expect(run([entry(source, 'k1'), entry('/p/b.js', 'k2')])).toMatchObject({ changed: [] })
    expect(run([entry(source, 'k3'), entry('/p/b.js', 'k4')])).toMatchObject({
      context: 'context',
      changed: [{ transformer, files: 2 }],
    })
  })

  test.each<[string, (given: ReturnType<typeof project>) => ReturnType<ReturnType<typeof project>['run']>]>([
    ['one unchanged key', ({ source, entry, run }) => run([entry(source, 'k3'), entry('/p/b.js', 'k2')])],
    ['an edited file', ({ source, entry, run }) => run([entry(source, 'k3', 'j')])],
    ['another environment', ({ source, entry, run }) => run([entry(source, 'k3')], { context: 'other' })],
    [
      'another version of Node',
      ({ source, entry, run }) => {
        const facts = { ...runRecord().run, nodeVersion: 'v24.0.0' }
        return run([entry(source, 'k3')], { run: facts })
      },
    ],
    [
      'another version of Jest',
      ({ source, entry, run }) => {
        const facts = { ...runRecord().run, jestVersion: '29.7.0' }
        return run([entry(source, 'k3')], { run: facts })
      },
    ],
    [
      'a cache hit',
      ({ source, transformer, entry, run }) => {
        const hit = { transformer, extension: '.js', files: 3, misses: 2, micros: 0, missMicros: 0 }
        return run([entry(source, 'k3')], {
          transforms: [{ ...hit, loadMicros: 0, missLoadMicros: 0, uncached: 0 }],
        })
      },
    ],
    [
      'an edited module that other keys may depend on',
      ({ source, entry, run, write }) => {
        write(source, new Date(RUN_START + 1))
        return run([entry(source, 'k3')])
      },
    ],
    [
      'an edited transformer',
      ({ source, transformer, entry, run, write }) => {
        write(transformer, new Date(RUN_START + 1))
        return run([entry(source, 'k3')])
      },
    ],
    [
      'an edited config',
      ({ source, rootDir, entry, run, write }) => {
        write(join(rootDir, 'babel.config.js'), new Date(RUN_START + 1))
        return run([entry(source, 'k3')])
      },
    ],
  ])('finds nothing with %s', (_what, secondRun) => {
    const given = project()
    const { source, entry, run } = given
    run([entry(source, 'k1'), entry('/p/b.js', 'k2')])
    expect(secondRun(given)).toMatchObject({ changed: [] })
  })

  test('finds a transformer across three environments, but not across two', () => {
    const { source, transformer, entry, run } = project()
    run([entry(source, 'k1')], { context: 'one' })
    expect(run([entry(source, 'k2')], { context: 'two' })).toMatchObject({ changed: [] })
    expect(run([entry(source, 'k3')], { context: 'three' })).toMatchObject({
      changed: [{ transformer, files: 1 }],
    })
    expect(run([entry(source, 'k3')], { context: 'four' })).toMatchObject({ changed: [] })
    expect(run([entry(source, 'k5')], { context: 'five' })).toMatchObject({ changed: [] })
  })

  test('skips runs of other files, unfinished runs and damaged runs in between', () => {
    const { source, transformer, rootDir, entry, run } = project()
    run([entry(source, 'k1')])
    run([entry('/p/other.js', 'k2')])
    const damaged = createRunFolder(join(rootDir, 'runs'), 'run-2-damaged')
    writeFileSync(join(damaged.recordings, 'run.gz'), 'x')
    expect(run([entry(source, 'k3')])).toMatchObject({ changed: [{ transformer, files: 1 }] })
  })

  test('keeps five files of each transformer, and nothing without keys', () => {
    const { source, entry, run } = project()
    const many = Array.from({ length: 50 }, (_, index) => entry(`/p/${index}.js`, `k${index}`))
    expect(run(many)?.kept).toHaveLength(5)
    expect(run([entry(source, 'k'), entry(source, 'k')])?.kept).toHaveLength(1)
    expect(run([])).toBeUndefined()
  })
})

test('keyContext depends on environment variables, except those that differ between commands', () => {
  const context = keyContext({ NODE_ENV: 'test', SHLVL: '1', _: '/usr/bin/node' })
  expect(keyContext({ SHLVL: '2', NODE_ENV: 'test' })).toBe(context)
  expect(keyContext({ NODE_ENV: 'production' })).not.toBe(context)
})
