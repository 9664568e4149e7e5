// How the speed of the machine changed: the time of Jest's own framework phase in each run.
//
// The Mann-Whitney test assumes that runs could be assigned to the sides at random. On a shared machine they cannot: if the
// last ten runs all had a busy neighbour, everything is significantly slower. Loading Jest's test framework into a sandbox is
// the same work for every test file even if the project changed, so its time in a run gives the factor of the machine.
// Measured on two shared cores, that factor varied by 36 % from run to run, and by a third between ten runs and the ten
// before; without it, the CPU time of all files varied by 8 % instead of 33 %. But the factor differs by code. Therefore
// 1. CPU time must differ in the same direction both without the whole factor of each run and without its square root; wall
//    and idle time both without the whole factor and as measured, because a timer waits as long on any machine;
// 2. the measured change must be larger than 1.5 times the change of the machine.
// Factors belong to runs, not to sides: if the code did not change, runs can still be assigned at random.

import { intersection, median, sum } from 'd3-array'
import type { Drift } from './comparison.js'
import { LEAST_RUNS } from './hypotheses.js'
import type { RunFigures } from './run-figures.js'
import type { Side } from './sides.js'
import { Shifts } from './statistics/hodges-lehmann.js'

/** Less time is too little for a factor. */
const LEAST_CONTROL_MS = 20

export interface MachineDrift {
  readonly drift: Drift
  /** The time of each run relative to the median of all runs, in the order of the side's runs. */
  readonly factors: { readonly base: readonly number[]; readonly head: readonly number[] }
}

/** Code may be affected this much more than the framework phase, in logarithms. */
const SUFFERS_MORE = 1.5

/** Null if there is too little time, and with fewer than four runs per side. */
export function findMachine(base: Side, head: Side): MachineDrift | null {
  if (Math.min(base.runs.length, head.runs.length) < LEAST_RUNS) return null
  const [first = [], ...others] = [...base.runs, ...head.runs].map(({ framework }) =>
    framework.map(({ file }) => file),
  )
  // Test files that were recorded in every run.
  const files = intersection(first, ...others)
  const ofBase = base.runs.map(run => controlMs(run, files))
  const ofHead = head.runs.map(run => controlMs(run, files))
  if (Math.min(...ofBase, ...ofHead) < LEAST_CONTROL_MS) return null
  // Shifts of logarithms, because a machine is slower by a factor.
  const shift = new Shifts().of(ofBase.map(Math.log), ofHead.map(Math.log))
  const whole = median([...ofBase, ...ofHead])
  if (shift === null || whole === undefined) return null
  const [low, high] = [Math.exp(shift.interval[0]), Math.exp(shift.interval[1])]
  return {
    drift: {
      baseMs: median(ofBase) ?? 0,
      headMs: median(ofHead) ?? 0,
      ratio: Math.exp(shift.estimate),
      interval95: [low, high],
      allowance: Math.exp(SUFFERS_MORE * Math.abs(shift.estimate)) - 1,
    },
    factors: { base: ofBase.map(ms => ms / whole), head: ofHead.map(ms => ms / whole) },
  }
}

function controlMs({ framework }: RunFigures, files: ReadonlySet<string>): number {
  return sum(framework, ({ file, cpuMs }) => (files.has(file) ? cpuMs : 0))
}
