// Whatever a test has done to its worker's recording, taking it reports a problem of that test file, or gives a recording
// that can be resolved, folded and saved.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Recording } from '../../src/recording/recording.js'
import { recordingKey } from '../../src/recording/recording-file.js'
import { RunBuilder } from '../../src/report/record/run-builder.js'
import { resolveRecording } from '../../src/resolve/resolve-recording.js'
import { SourceMaps } from '../../src/resolve/source-maps.js'
import { IncomingRecordings } from '../../src/storage/incoming-recordings.js'
import { createRunFolder } from '../../src/storage/run-folder.js'
import { RunStore } from '../../src/storage/run-store.js'
import { violationsOf } from '../support/check-profile.js'
import { anyByteDamage, anyValueDamage } from '../support/damage.js'
import { rawRecording, span } from '../support/recording.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const TEST_PATH = '/project/a.test.js'

const url = '/project/a.js'
const idle = { name: '(idle)', url: '', line: -1, column: -1 }
const [outer, inner] = [
  { name: 'outer', url, line: 4, column: 2 },
  { name: 'inner', url, line: 8, column: 0 },
]

const WHOLE: Recording = {
  ...rawRecording([[outer, inner], [outer], [idle], [inner]], {
    tests: [span({ index: 0, start: 100, end: 1500 }), span({ index: 1, start: 1600, end: 3500, site: 0 })],
    ticks: [{ stack: 0, line: 6, count: 1 }],
  }),
  phases: [
    { phase: 'environment', start: 0 },
    { phase: 'imports', start: 50 },
  ],
  hooks: {
    definitions: [{ type: 'beforeEach', describe: ['a'], site: 0 }],
    runs: { definition: [0], start: [100], end: [150], test: [0] },
  },
  modules: {
    path: [TEST_PATH, url],
    transformers: [],
    loads: {
      ...{ module: [0, 1], importer: [-1, 0], within: [-1, 0], start: [50, 60], end: [90, 80] },
      ...{ resolve: [0, 2], transform: [3, 4], compile: [1, 1] },
    },
    lookups: { module: [1], within: [0], start: [55], resolve: [2], mock: [1] },
    edges: { from: [0], to: [1] },
  },
  transforms: [
    {
      transformer: null,
      extension: '.js',
      files: 2,
      misses: 0,
      micros: 7,
      missMicros: 0,
      loadMicros: 0,
      missLoadMicros: 0,
      uncached: 0,
    },
  ],
  waits: {
    resources: { kind: ['timer'], stack: [[0]], test: [1], repeats: [false] },
    wakes: { time: [2900], since: [2000], resource: [0] },
    leaks: { resource: [0], during: [1], time: [2900], count: [1], micros: [10] },
    thinned: { kind: [], created: [], kept: [] },
    pauses: { start: [], end: [] },
    contexts: { time: [100, 1600], test: [0, 1] },
  },
  clock: { step: 4000, time: [0, 3500], cpu: [0, 2500] },
  heap: { time: [100], usedBytes: [1e6] },
  sites: { name: ['outer'], script: [1], line: [5], column: [3] },
}

const taken = (text: string) => {
  const folder = createRunFolder(temporaryFolder(), 'run')
  writeFileSync(join(folder.incoming, `${recordingKey('project-id', TEST_PATH)}-1.recording`), text)
  const [entry] = new IncomingRecordings(folder).take('project-id', TEST_PATH)
  return { entry, store: new RunStore(folder) }
}

function expectToFold(recording: Recording, store: RunStore): void {
  const maps = new SourceMaps()
  const resolved = resolveRecording(recording, { maps, profilerDirectory: '/profiler/' })
  const builder = new RunBuilder()
  builder.add(resolved, store.save(resolved))
  expect(violationsOf(builder.build().profile)).toEqual([])
  expect(store.names().map(name => store.read(name).header.testPath)).toEqual([TEST_PATH])
}

test('an undamaged recording is taken, folded and saved', () => {
  const { entry, store } = taken(JSON.stringify(WHOLE))
  expect(entry).toEqual(WHOLE)
  expectToFold(WHOLE, store)
})

test.each([
  ['bytes', anyByteDamage.map(damage => (text: string) => damage(Buffer.from(text)).toString()), 300],
  ['values', anyValueDamage, 300],
])(
  'a recording with damaged %s is reported as a problem, or folded and saved',
  (_of, anyDamage, numRuns) => {
    fc.assert(
      fc.property(anyDamage, damage => {
        const { entry, store } = taken(damage(JSON.stringify(WHOLE)))
        if (entry === undefined) throw new Error('nothing was taken')
        if ('problem' in entry) expect(entry.problem).not.toBe('')
        else expectToFold(entry, store)
      }),
      { numRuns },
    )
  },
  60_000,
)
