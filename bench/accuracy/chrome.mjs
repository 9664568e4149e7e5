// Self times of functions, as we report them, against Chrome's own sums of the same `.cpuprofile`: the bottom-up view of
// the Performance panel, and the profile model that counts samples.

import { realpathSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { runOrThrow } from '../support/commands.mjs'
import { largeSuite } from '../support/large-suite.mjs'
import { decimals, progress, signedDecimals, signedPercent } from '../support/print.mjs'
import { createSuite, ROOT } from '../support/project.mjs'
import { worst } from '../support/statistics.mjs'

const READER = join(ROOT, 'bench/accuracy/chrome-reader.mjs')
const VIEWS = { bottomUp: 'Performance panel, bottom-up', counted: 'profile model, which counts samples' }

export async function chrome(suite) {
  progress('chrome, the burns')
  const { directory: burns } = suite.measure('burns', {})
  const large = createSuite('accuracy-chrome', largeSuite())
  progress('chrome, the large suite')
  large.jest(['--config=profiled.config.cjs', '-w', '2', '--silent'])
  const runs = {
    'the burns, every 1 ms': burns,
    '120 files and 1,300 tests, every 10 ms': realpathSync(join(large.directory, '.jest-profiler/latest')),
  }
  const rows = []
  for (const [name, directory] of Object.entries(runs)) rows.push(...(await rowsOf(name, directory)))
  return [
    {
      title: "self times of functions against Chrome's, of the same `.cpuprofile`",
      notes: [
        'by name, file, line and column; every function that has time on either side, and collections',
        'farthest: the function with the largest difference, and the share that it is of its time by our count, if that has any',
        'Chrome takes a lone (program) between two stacks of one caller for the first of them, and the last sample for as long as they are on average',
      ],
      columns: [
        '',
        'Chrome',
        'functions',
        'ours together, ms',
        'difference together',
        'farthest',
        'function',
      ],
      rows,
    },
  ]
}

async function rowsOf(name, directory) {
  const path = join(directory, 'profile.cpuprofile')
  runOrThrow(
    process.execPath,
    [join(ROOT, 'build/cli.js'), 'export', directory, '--format', 'cpuprofile', '-o', path],
    {
      cwd: directory,
    },
  )
  const ours = await ourSelfTimes(directory)
  const chromes = JSON.parse(runOrThrow(process.execPath, [READER, path], { cwd: ROOT }).stdout)
  return Object.entries(VIEWS).map(([view, title]) => {
    const theirs = new Map(chromes[view].filter(([key, time]) => time > 0 && !IS_NO_FUNCTION.test(key)))
    const keys = [...new Set([...ours.keys(), ...theirs.keys()])]
    const differences = new Map(keys.map(key => [key, (theirs.get(key) ?? 0) - (ours.get(key) ?? 0)]))
    const farthest = worst([...differences.values()])
    const [key] = [...differences].find(([, difference]) => difference === farthest) ?? ['']
    const sum = times => [...times].reduce((total, [, time]) => total + time, 0)
    return [
      name,
      title,
      String(keys.length),
      decimals(1)(sum(ours)),
      `${signedDecimals(3)(sum(differences))} ms`,
      `${signedDecimals(3)(farthest)} ms${ours.has(key) ? ` (${signedPercent(farthest / ours.get(key))})` : ''}`,
      key === '' ? '' : JSON.parse(key)[0],
    ]
  })
}

/** What has no code of its own: Chrome's root, and idle time, which is nobody's self time. */
const IS_NO_FUNCTION = /^\["\((?:root|idle)\)"/

/** In milliseconds, by the same keys as Chrome's. */
async function ourSelfTimes(directory) {
  const built = file => import(join(ROOT, '.cache/modules', file))
  const { loadRun } = await built('saved-runs/load-run.js')
  const { rankBy } = await built('profile/rank.js')
  const { profile } = await loadRun(directory)
  const self = new Map()
  for (const { key, self: micros } of rankBy(profile, frame => keyOf(frame)))
    if (micros > 0) self.set(key, micros / 1000)
  return self
}

function keyOf({ name, file, line, column }) {
  const url = file.startsWith('/') ? pathToFileURL(file).href : file
  return JSON.stringify([name, url, line - 1, column - 1])
}
