// What must add up to the wall time of each test file; and that wall time against Jest's own.

import { join } from 'node:path'
import { decimals, progress, signedDecimals } from '../support/print.mjs'
import { median, worst } from '../support/statistics.mjs'
import { BASE_NOTE } from './suite.mjs'

/** Folders of tests, and what they are run with. */
const RUNS = [
  ['burns', {}],
  ['burns', { intervalMicros: 10_000 }],
  ['sleeps', { waits: true }],
  ['collections', {}],
  ['modules', { modules: 'native' }],
  ['hooks', {}],
  ['hooks', { mode: 'in band' }],
]

/** Phases that are no test's and no hook's. */
const isOutside = phase => phase !== 'tests' && phase !== 'hooks'

export function sums(suite, { runs }) {
  const files = []
  for (let index = 0; index < runs; index++) {
    progress(`sums, run ${index + 1} of ${runs}`)
    for (const [tests, variation] of RUNS) files.push(...filesOf(suite, suite.measure(tests, variation)))
  }
  const row = (name, read) => {
    const differences = files.map(read)
    return [
      name,
      String(differences.length),
      signedDecimals(3)(median(differences)),
      signedDecimals(3)(worst(differences)),
    ]
  }
  return [
    {
      title: "sums against each test file's wall time",
      notes: [
        `${runs} runs of each of ${RUNS.map(([tests]) => tests).join(', ')}; ${BASE_NOTE}`,
        `wall times of the files: ${decimals(0)(Math.min(...files.map(({ wall }) => wall)))} to ${decimals(0)(Math.max(...files.map(({ wall }) => wall)))} ms`,
        "Jest's own: from before the set-up files to the end of the last test, by a clock of whole milliseconds",
      ],
      columns: ['difference, ms', 'files', 'median', 'farthest from zero'],
      rows: [
        row('wall times of all phases', ({ phases, wall }) => phases - wall),
        row('CPU and idle times of all phases', ({ cpuAndIdle, wall }) => cpuAndIdle - wall),
        row(
          'tests, hooks of describe blocks, and all phases outside of both',
          ({ parts, wall }) => parts - wall,
        ),
        row("all but environment and teardown, against Jest's own", ({ inner, jest }) => inner - jest),
      ],
    },
  ]
}

function filesOf({ directory }, { report, jest }) {
  return report.files.map(({ path, wallMs, phases, tests, hooks }) => {
    const all = Object.entries(phases)
    const sum = (entries, read) => entries.reduce((total, entry) => total + read(entry), 0)
    const runs = hooks.flatMap(hook => hook.runs).filter(({ test }) => test === null)
    const outside = sum(
      all.filter(([phase]) => isOutside(phase)),
      ([, times]) => times.wallMs,
    )
    return {
      wall: wallMs,
      phases: sum(all, ([, times]) => times.wallMs),
      cpuAndIdle: sum(all, ([, { cpuMs, idleMs }]) => cpuMs + idleMs),
      parts: sum(tests, test => test.wallMs) + sum(runs, run => run.wallMs) + outside,
      inner: wallMs - phases.environment.wallMs - phases.teardown.wallMs,
      jest: jest.get(join(directory, path)),
    }
  })
}
