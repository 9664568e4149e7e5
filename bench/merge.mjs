// What merging the shards of a large suite takes: time, memory, and the size of what comes out.

import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { measureCli } from './support/measure-cli.mjs'
import { decimals, progress, withQuartiles } from './support/print.mjs'
import { writeShards } from './support/shards.mjs'

export const merge = {
  usage: '[--recordings 10000] [--shards 4] [--runs 1]',
  summary: 'merge of generated shards, each file with 400 samples and ten tests',
  options: { recordings: 10_000, shards: 4, runs: 1 },
  run,
}

async function run({ recordings, shards, runs, print }) {
  const directory = mkdtempSync(join(tmpdir(), 'jest-profiler-bench-'))
  try {
    progress(`drawing ${recordings} recordings`)
    const folders = await writeShards(join(directory, 'shards'), { recordings, count: shards })
    const merged = join(directory, 'merged')
    const results = Array.from({ length: runs }, (_, turn) => {
      progress(`merge ${turn + 1} of ${runs}`)
      rmSync(merged, { recursive: true, force: true })
      return measureCli(['merge', ...folders, '-o', merged])
    })
    print(resultOf({ recordings, shards, runs, results, merged }))
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

function resultOf({ recordings, shards, runs, results, merged }) {
  const row = (name, read, format) => [name, withQuartiles(results.map(read), format)]
  return {
    title: `merge: ${recordings} recordings in ${shards} shards`,
    notes: [
      `${runs} times; median (quartiles); 400 samples, 10 tests, some 500 nodes each, all default artifacts written`,
    ],
    columns: ['', 'merge'],
    rows: [
      row('wall, s', ({ wall }) => wall, decimals(1)),
      row('user and system CPU, s', ({ cpu }) => cpu, decimals(1)),
      row('peak memory, MiB', ({ peak }) => peak, decimals(0)),
      ['recordings, MB', decimals(0)(megabytes(join(merged, 'recordings')))],
      ['all else, MB', decimals(0)(megabytes(merged) - megabytes(join(merged, 'recordings')))],
    ],
  }
}

function megabytes(folder) {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true })
  const files = entries.filter(entry => entry.isFile())
  return files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0) / 1e6
}
