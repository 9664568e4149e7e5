// What many distinct source maps cost the parent: generated recordings, as workers leave them, each with its own modules and
// some that all of them have.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { measure } from './support/commands.mjs'
import { decimals, progress } from './support/print.mjs'
import { ROOT } from './support/project.mjs'

export const sourceMaps = {
  usage: '[--maps 5000] [--files 50]',
  summary: 'time to resolve generated recordings in which each module has its own source map',
  options: { maps: 5000, files: 50 },
  run,
}

/** Functions of a module, each on its own line. */
const FUNCTIONS = 40
/** The share of modules that every file loads. */
const SHARED = 0.02

async function run({ maps, files, print }) {
  const rows = []
  for (const share of [0.25, 0.5, 1]) {
    const amount = Math.round(maps * share)
    progress(`${amount} maps`)
    rows.push(await measureMaps(amount, files))
  }
  print({
    title: `source maps: ${files} recordings, ${FUNCTIONS} functions in each module`,
    notes: ['once each, in a process of its own, of which a third of a second is its start'],
    columns: ['maps', 'positions', 'wall, s', 'CPU, s', 'peak memory, MiB'],
    rows,
  })
}

async function measureMaps(maps, files) {
  const directory = mkdtempSync(join(tmpdir(), 'jest-profiler-bench-'))
  try {
    const positions = await draw(directory, maps, files)
    const resolving = join(ROOT, 'bench/support/resolve-all.mjs')
    const { wall, cpu, stdout } = measure(process.execPath, [resolving, directory], { cwd: directory })
    const { resolved, peakKib } = JSON.parse(stdout)
    if (resolved !== positions) throw new Error(`bench: ${resolved} of ${positions} positions were resolved`)
    const amounts = [maps, positions].map(count => count.toLocaleString('en-US'))
    return [...amounts, decimals(1)(wall), decimals(1)(cpu), decimals(0)(peakKib / 1024)]
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

/** Writes maps and recordings; returns the number of positions that must be found. */
async function draw(directory, maps, files) {
  const { RECORDING_VERSION } = await import(join(ROOT, '.cache/modules/recording/enums.js'))
  const shared = Math.round(maps * SHARED)
  const modules = Array.from({ length: maps }, (_, index) => drawModule(directory, index))
  const own = Math.floor((maps - shared) / files)
  mkdirSync(join(directory, 'recordings'))
  for (let file = 0; file < files; file++) {
    const first = shared + file * own
    const loaded = [...modules.slice(0, shared), ...modules.slice(first, first + own)]
    const recording = { version: RECORDING_VERSION, ...drawRecording(file, loaded) }
    writeFileSync(join(directory, `recordings/${file}.recording`), JSON.stringify(recording))
  }
  return files * (shared + own) * FUNCTIONS
}

/** Each generated line comes from the second line after the one before. */
function drawModule(directory, index) {
  const sourceMap = join(directory, `${index}.map`)
  const mappings = ['AAAA', ...Array.from({ length: FUNCTIONS }, () => 'AAEA')].join(';')
  const url = `/project/src/module-${index}.ts`
  writeFileSync(sourceMap, JSON.stringify({ version: 3, sources: [url], names: [], mappings }))
  return { url, wrapped: false, transformed: true, sourceMap }
}

function drawRecording(file, scripts) {
  const functions = scripts.flatMap((_, script) =>
    Array.from({ length: FUNCTIONS }, (_, line) => ({ script, line: line + 1, name: `f${line}` })),
  )
  const column = read => functions.map(read)
  const none = { definitions: [], runs: { definition: [], start: [], end: [], test: [] } }
  return {
    header: {
      ...{ projectId: 'bench', project: '', testPath: `/project/test/${file}.test.ts`, worker: 1 },
      ...{ processId: 1, threadId: 0, nodeVersion: process.version, engine: 'inspector' },
      ...{ samplingIntervalMicros: 10_000, startedAtMs: 0, wallMicros: 1_000_000, overheadMicros: 0 },
      ...{ samplerMicros: null, end: 'teardown', wrapperLength: 0 },
    },
    ...{ tests: [], phases: [{ phase: 'environment', start: 0 }], hooks: none, modules: null },
    ...{
      transforms: [],
      failedModules: [],
      cacheKeys: [],
      waits: null,
      clock: null,
      heap: { time: [], usedBytes: [] },
    },
    sites: { name: [], script: [], line: [], column: [] },
    scripts: [{ url: '', wrapped: false, transformed: false, sourceMap: null }, ...scripts],
    functions: {
      name: ['(root)', ...column(({ name }) => name)],
      script: [0, ...column(({ script }) => script + 1)],
      line: [-1, ...column(({ line }) => line)],
      column: [-1, ...column(() => 0)],
    },
    nodes: { function: [0, ...column((_, index) => index + 1)], caller: [-1, ...column(() => 0)] },
    ticks: { node: [], line: [], count: [] },
    samples: { node: [1], time: [0] },
  }
}
