// Values of runs for the tests of comparisons: single entities drawn by hand, and whole suites with realistic noise from a
// seed.

import type { Entity, Table } from '../../src/compare/comparison.js'
import { TABLES } from '../../src/compare/comparison.js'
import type { RunContext } from '../../src/compare/context.js'
import type { Figure, RunFigures } from '../../src/compare/run-figures.js'
import { samplingError } from '../../src/compare/statistics/normal-distribution.js'

const CONTEXT: RunContext = {
  project: 'shop',
  processor: 'Processor',
  cores: '2',
  platform: 'linux x64',
  Node: 'v22.0.0',
  Jest: '30.5.2',
  workers: '2',
  engine: 'inspector',
  'sampling interval': '10 ms',
  waits: 'recorded',
  "Jest's transform cache": 'warm',
  shard: 'none',
  command: 'jest',
}

export type GivenRun = Partial<Omit<RunFigures, 'tables' | 'context'>> & {
  tables?: Partial<Record<Table, Figure[]>>
  context?: RunContext
}

export function drawnFigures({ tables = {}, context = {}, ...given }: GivenRun = {}): RunFigures {
  return {
    id: 'run',
    startedAtMs: 0,
    isProfiled: true,
    samplingIntervalMs: 10,
    fileWallMs: 1000,
    framework: [{ file: 'a.test.ts', cpuMs: 100 }],
    context: { ...CONTEXT, ...context },
    tables: { ...(Object.fromEntries(TABLES.map(table => [table, []])) as Record<Table, never>), ...tables },
    ...given,
  }
}

export function entity(given: Partial<Entity>): Entity {
  return { name: [], file: '', project: '', line: 0, column: 0, category: null, ...given }
}

export function figure(
  given: Partial<Entity>,
  times: Partial<Record<'wall' | 'cpu' | 'self', number>>,
): Figure {
  const ofSampler = (ms: number) => ({ ms, errorMs: samplingError(ms, ms / 10, 10) })
  const { wall, cpu, self } = times
  return {
    entity: entity(given),
    times: {
      ...(wall === undefined ? {} : { wall: { ms: wall, errorMs: null } }),
      ...(cpu === undefined ? {} : { cpu: ofSampler(cpu) }),
      ...(self === undefined ? {} : { self: ofSampler(self) }),
    },
    totalMs: null,
  }
}

export interface Suite {
  files: number
  testsOfEach: number
  functions: number
  /** Noise of the machine, which is the same for everything in one run. */
  machineNoise: number
  /** Noise of each test file. */
  fileNoise: number
}

export interface RunOfSuite {
  random: () => number
  id: string
  /** Factor of the machine's slowness. */
  machine?: number
  /** Factor of one function, by rank: 0 is the most expensive. */
  slowed?: { function: number; factor: number }
}

const INTERVAL = 10

/**
 * One run of a fixed suite with noise: log-normal factors of the machine and of each file, and Poisson-distributed samples of
 * functions. As in real suites, the cost of functions decreases with their rank.
 */
export function runOfSuite(suite: Suite, { random, id, machine = 1, slowed }: RunOfSuite): RunFigures {
  const { files, testsOfEach, functions, machineNoise, fileNoise } = suite
  const factor = machine * logNormal(random, machineNoise)
  const paths = Array.from({ length: files }, (_, file) => `test/part-${file}.test.ts`)
  const tests = paths.flatMap((file, index) =>
    Array.from({ length: testsOfEach }, (_unused, number) => {
      const ms = (4 + ((index * 7 + number * 13) % 50)) * factor * logNormal(random, 2 * fileNoise)
      return figure({ file, name: [`does ${number}`] }, { wall: ms, cpu: ms * 0.9 })
    }),
  )
  const own = Array.from({ length: functions }, (_, number) => {
    const cost = (4000 / (number + 2)) * (slowed?.function === number ? slowed.factor : 1)
    const samples = poisson(random, (cost * factor * logNormal(random, fileNoise)) / INTERVAL)
    return figure(
      {
        name: [`work${number}`],
        file: `src/part-${number % files}.ts`,
        line: number + 1,
        category: 'source',
      },
      { self: samples * INTERVAL },
    )
  })
  const framework = paths.map(file => ({ file, cpuMs: 15 * factor * logNormal(random, fileNoise) }))
  const wallOf = (file: string) =>
    tests.filter(test => test.entity.file === file).reduce(addWall, 60 * factor)
  const ofFiles = paths.map(file => figure({ file }, { wall: wallOf(file), cpu: wallOf(file) * 0.9 }))
  const fileWallMs = ofFiles.reduce(addWall, 0)
  const modules = paths.map((_, index) =>
    figure(
      { file: `src/part-${index}.ts`, category: 'source' },
      { self: (1 + (index % 9)) * factor * logNormal(random, fileNoise) },
    ),
  )
  const frameworkMs = framework.reduce((sum, { cpuMs }) => sum + cpuMs, 0)
  return drawnFigures({
    id,
    fileWallMs,
    framework,
    tables: {
      run: [
        figure({ name: ['run'] }, { wall: (fileWallMs / 2) * logNormal(random, fileNoise) }),
        figure({ name: ['test files'] }, { wall: fileWallMs, cpu: fileWallMs * 0.9 }),
      ],
      phases: [
        figure({ name: ['framework'] }, { wall: frameworkMs, cpu: frameworkMs }),
        figure({ name: ['tests'] }, { wall: tests.reduce(addWall, 0), cpu: tests.reduce(addWall, 0) * 0.9 }),
      ],
      files: ofFiles,
      tests,
      functions: own,
      modules,
    },
  })
}

function addWall(sum: number, { times }: Figure): number {
  return sum + (times.wall?.ms ?? 0)
}

/** Uniform numbers from a seed: mulberry32, by Tommy Ettinger, in the public domain. */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

function logNormal(random: () => number, deviation: number): number {
  return Math.exp(deviation * normal(random))
}

// By Knuth's product below 30, and by the normal distribution above.
function poisson(random: () => number, mean: number): number {
  if (mean >= 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(random)))
  const limit = Math.exp(-mean)
  let count = 0
  for (let product = random(); product > limit; product *= random()) count++
  return count
}
