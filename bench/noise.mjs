// Whether `diff` reports changes that are not there, and finds those that are: runs of one unchanged suite against each other, and against
// runs in which one function does more work.

import { realpathSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { comparer } from './support/compared-runs.mjs'
import { CHECKSUM_PATH, checksumSource, largeSuite } from './support/large-suite.mjs'
import { decimals, progress } from './support/print.mjs'
import { createSuite } from './support/project.mjs'
import { randomFrom } from './support/random.mjs'
import { median } from './support/statistics.mjs'

export const noise = {
  usage: '[--runs 10] [--slowdown 20] [--splits 20]',
  summary:
    'what diff reports for an unchanged suite, and for one in which a function does more work (--slowdown, percent)',
  options: { runs: 10, slowdown: 20, splits: 20 },
  run,
}

async function run({ runs, slowdown, splits, print }) {
  const suite = createSuite('noise', largeSuite())
  const measured = measureSides(suite, { runs, head: 1 + slowdown / 100 })
  progress('comparing')
  const { compare, figuresOf } = await comparer()
  const [base, again, head] = await inTurn(measured, directories => inTurn(directories, figuresOf))
  const unchanged = base.flatMap((figures, index) => [figures, again[index]])
  const bySplit = randomSplits(unchanged, splits).map(sides => claimsOf(compare(...sides)).length)
  const tested = ['base', 'the same again'].map((_name, side) => compare([base, again][side], head))
  print({
    title: `noise: diff of ${runs} runs a side; in head one function does ${slowdown} % more work`,
    jestVersion: suite.jestVersion,
    notes: [
      `${runs} rounds of a base run, the same again and a head run, in turns; 120 files, 1,300 tests, 2 workers`,
      `median wall time of the test files ${decimals(1)(wholeSeconds(unchanged))} s, ${share(tested[0])} of it the function`,
      `Jest's own framework phase, the same work in all of them, took ${frameworkRange([...unchanged, ...head])} s of CPU`,
      `random splits: of the same ${2 * runs} unchanged runs, so not independent of each other`,
    ],
    columns: ['', 'claimed', 'what'],
    rows: [
      ['unchanged, as run in turns', ...described(compare(base, again))],
      ['unchanged, first half against second', ...described(compare(...halves(unchanged)))],
      [`unchanged, ${splits} random splits: those with a claim`, `${bySplit.filter(Boolean).length}`, ''],
      ...tested.map((comparison, index) => [
        `more work, against ${['base', 'the same again'][index]}`,
        ...described(comparison),
      ]),
    ],
  })
}

/** Run folders of base, of the same again, and of head. */
function measureSides(suite, { runs, head }) {
  const works = [1, 1, head]
  const once = work => {
    writeFileSync(join(suite.directory, CHECKSUM_PATH), checksumSource(work))
    suite.jest(['--config=profiled.config.cjs', '-w', '2', '--silent'])
    return realpathSync(join(suite.directory, '.jest-profiler/latest'))
  }
  progress('warming up')
  for (const work of new Set(works)) once(work)
  const sides = works.map(() => [])
  for (let round = 0; round < runs; round++) {
    progress(`round ${round + 1} of ${runs}`)
    // Each side comes first, second and third in turn.
    for (let turn = 0; turn < sides.length; turn++) {
      const side = (round + turn) % sides.length
      sides[side].push(once(works[side]))
    }
  }
  return sides
}

/** One after the other: only one run is in memory at a time. */
async function inTurn(items, work) {
  const results = []
  for (const item of items) results.push(await work(item))
  return results
}

function claimsOf({ tables }) {
  return Object.values(tables)
    .flat()
    .filter(({ verdict }) => verdict === 'slower' || verdict === 'faster')
}

/** How many rows are claimed, and the first of each table. */
function described(comparison) {
  const claims = claimsOf(comparison)
  const first = Object.values(comparison.tables).flatMap(([row]) => (claims.includes(row) ? [row] : []))
  return [
    String(claims.length),
    first.map(row => `${row.table}: ${nameOf(row)} ${decimals(0)(row.changePercent)} %`).join('; '),
  ]
}

function nameOf({ entity, measure }) {
  return `${[...entity.name, entity.file].filter(Boolean).join(' ')} (${measure})`
}

function share({ tables }) {
  const row = tables.functions.find(
    ({ entity }) => entity.file === CHECKSUM_PATH && entity.name[0] === 'checksum',
  )
  const cpu = tables.run.find(({ measure }) => measure === 'cpu')
  return `${decimals(0)((100 * (row?.base.medianMs ?? 0)) / (cpu?.base.medianMs ?? 1))} %`
}

function wholeSeconds(runs) {
  return median(runs.map(({ fileWallMs }) => fileWallMs)) / 1000
}

/** How much the machine itself varied. */
function frameworkRange(runs) {
  const seconds = runs.map(({ framework }) => framework.reduce((sum, { cpuMs }) => sum + cpuMs, 0) / 1000)
  return `${decimals(1)(Math.min(...seconds))} to ${decimals(1)(Math.max(...seconds))}`
}

function halves(runs) {
  return [runs.slice(0, runs.length / 2), runs.slice(runs.length / 2)]
}

function randomSplits(runs, count) {
  const random = randomFrom(1)
  return Array.from({ length: count }, () => {
    const keys = new Map(runs.map(entry => [entry, random()]))
    return halves(runs.toSorted((a, b) => keys.get(a) - keys.get(b)))
  })
}
