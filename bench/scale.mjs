// How merging grows: with the number of test files, samples and tests, with a single huge file, and with deep stacks. What
// is measured is the whole command, with all default artifacts.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { measureCli } from './support/measure-cli.mjs'
import { decimals, progress } from './support/print.mjs'
import { writeShards } from './support/shards.mjs'
import { UsageError } from './support/usage-error.mjs'

/** What each is generated with: see support/shards.mjs. */
const SHAPES = {
  'files-2500': { recordings: 2500 },
  'files-5000': { recordings: 5000 },
  'files-10000': { recordings: 10_000 },
  'samples-20-million': { recordings: 10_000, samples: 2000 },
  'file-of-30-minutes': { recordings: 1, samples: 180_000 },
  'file-of-20000-tests': { recordings: 1, samples: 180_000, tests: 20_000 },
  'stacks-250-deep': { recordings: 500, depth: 250 },
}

export const scale = {
  usage: `[--shapes ${Object.keys(SHAPES)[0]},…]`,
  summary: 'how merge scales: many files, many samples, many tests, one huge file, deep stacks',
  options: { shapes: Object.keys(SHAPES).join(',') },
  run,
}

async function run({ shapes, print }) {
  const rows = []
  for (const name of shapes.split(',')) {
    if (SHAPES[name] === undefined)
      throw new UsageError(
        `bench: there is no shape "${name}". There are: ${Object.keys(SHAPES).join(', ')}.`,
      )
    rows.push(await measureShape(name, { samples: 400, tests: 10, depth: 0, ...SHAPES[name] }))
  }
  print({
    title: 'scale: merge of generated recordings',
    notes: ['once each, all default artifacts written; peak of resident memory'],
    columns: ['', 'files', 'tests', 'million samples', 'wall, s', 'CPU, s', 'peak memory, MiB'],
    rows,
  })
}

async function measureShape(name, shape) {
  const { recordings, samples, tests } = shape
  const directory = mkdtempSync(join(tmpdir(), 'jest-profiler-bench-'))
  try {
    progress(`drawing ${name}`)
    const folders = await writeShards(join(directory, 'shards'), { count: 1, ...shape })
    progress(`merging ${name}`)
    const { wall, cpu, peak } = measureCli(['merge', ...folders, '-o', join(directory, 'merged')])
    const millions = decimals(2)((recordings * samples) / 1e6)
    const counts = [recordings, recordings * tests].map(count => count.toLocaleString('en-US'))
    return [name, ...counts, millions, decimals(1)(wall), decimals(1)(cpu), decimals(0)(peak)]
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}
