// Whether `--memory` names the test files that are never freed, and no others: twelve that leak, each in another way, among twelve that
// do not, in a random order.

import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { LEAKING, leakSuite, lineOfLeak } from './support/leak-suite.mjs'
import { progress } from './support/print.mjs'
import { createSuite } from './support/project.mjs'
import { randomFrom } from './support/random.mjs'

export const leaks = {
  usage: '[--orders 2]',
  summary:
    'which test files `--memory` says are never freed, and what holds them, of the Node that runs this',
  options: { orders: 2 },
  run,
}

const WAYS = ['node', 'jsdom'].flatMap(environment =>
  ['commonjs', 'esm'].flatMap(modules =>
    [
      ['workers', ['-w', '2']],
      ['in band', ['-i']],
    ].map(([how, args]) => ({ environment, modules, how, args })),
  ),
)

async function run({ orders, print }) {
  const rows = []
  let jestVersion
  for (const way of WAYS) {
    const suite = createSuite('leaks', leakSuite(way))
    ;({ jestVersion } = suite)
    const results = []
    for (let order = 1; order <= orders; order++) {
      progress(`${way.environment}, ${way.modules}, ${way.how}: order ${order} of ${orders}`)
      results.push(await resultOf(suite, way, order))
    }
    rows.push(rowOf(way, results))
  }
  print({
    part: `Node ${process.versions.node.split('.')[0]}`,
    title: `leaks: twelve files that leak and twelve that do not, on Node ${process.versions.node}`,
    jestVersion,
    notes: [
      `${orders} random orders of the files each; counts of all of them`,
      `ways to leak: ${Object.keys(LEAKING).join(', ')}`,
      'unknown: of a process that ended before its last look; of a leaking file it is no answer, of another one no accusation',
      'held by Jest: said of files that do not leak, where Jest itself keeps their sandboxes',
    ],
    columns: [
      '',
      'leaking files found',
      'missed',
      'unknown',
      'holder and line named',
      'other files accused',
      'held by Jest',
      'snapshots, s',
    ],
    rows,
  })
}

async function resultOf(suite, { modules, args }, order) {
  writeFileSync(join(suite.directory, 'order.json'), JSON.stringify(shuffled(testsOf(suite), order)))
  rmSync(join(suite.directory, '.jest-profiler'), { recursive: true, force: true })
  const nodeArgs = modules === 'esm' ? ['--experimental-vm-modules'] : []
  const { exitCode, stderr } = suite.jest([...args, '--config=jest.config.cjs'], { nodeArgs })
  if (exitCode !== 0) throw new Error(`bench: Jest ended with exit code ${exitCode}\n${stderr}`)
  return suite.report().memory
}

function rowOf({ environment, modules, how }, results) {
  const count = { found: 0, missed: 0, unknown: 0, named: 0, accused: 0, ofOthers: 0, seconds: 0 }
  const unnamed = new Set()
  for (const { files, kept, processes } of results) {
    for (const { path, sandboxKept } of files) {
      const shape = /leak-([a-z-]+)\.test/.exec(path)?.[1]
      const holder = kept.find(({ file }) => file === path)
      if (shape === undefined) {
        if (sandboxKept === true) count[isOfOthers(holder) ? 'ofOthers' : 'accused']++
        continue
      }
      if (sandboxKept === null) count.unknown++
      else if (sandboxKept === false) count.missed++
      else {
        count.found++
        const steps = holder?.path.join(' › ') ?? ''
        const isNamed =
          LEAKING[shape].holder.test(steps) && steps.includes(`${path}:${lineOfLeak(shape, modules)}`)
        if (isNamed) count.named++
        else unnamed.add(shape)
      }
    }
    for (const { snapshotMs } of processes) count.seconds += snapshotMs / 1000
  }
  const of = Object.keys(LEAKING).length * results.length
  const not = unnamed.size === 0 ? '' : `, not: ${[...unnamed].join(', ')}`
  return [
    `${environment}, ${modules === 'esm' ? 'ES modules' : 'CommonJS'}, ${how}`,
    `${count.found} of ${of}`,
    String(count.missed),
    String(count.unknown),
    `${count.named} of ${count.found}${not}`,
    String(count.accused),
    String(count.ofOthers),
    count.seconds.toFixed(1),
  ]
}

/** What the report says is no fault of the file. */
const isOfOthers = holder => /\bjest\b/i.test(holder?.path.join(' ') ?? '')

const testsOf = ({ directory }) => readdirSync(join(directory, 'test')).toSorted()

function shuffled(names, seed) {
  const random = randomFrom(seed)
  return names
    .map(name => ({ name, rank: random() }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ name }) => name)
}
