// Whether the machine was another one: what Jest's own framework phase took in each run.
//
// The test asks whether runs could have been dealt out to the sides at random. On a shared machine they could not: the
// second ten runs may all have met a busy neighbour, and then everything is slower, significantly so. Loading Jest's own
// test framework into a sandbox is the same work for every test file, whatever was changed in the project: how much
// longer that took in a run is what the machine did, by a factor. Measured on two shared cores, that factor varied by 36 %
// from run to run, and ten runs by a third from the ten before; with it taken out, the CPU time of all files varied by 8 %
// instead of 33 %. Code differs in what it suffers from, though. So
// 1. CPU time has to differ, in the same direction, with the whole factor taken out of each run and with its root alone;
//    wall and idle time with the whole factor and with none, because a timer waits as long on any machine;
// 2. as measured it has to have changed by more than the machine did, and half as much again.
// Factors are a property of runs, not of sides: without a change in the code, runs can still be dealt out at random.

import { median, sum } from 'd3-array'
import type { Drift } from './comparison.js'
import { LEAST_RUNS } from './hypotheses.js'
import type { RunFigures } from './run-figures.js'
import type { Side } from './sides.js'
import { Shifts } from './statistics/hodges-lehmann.js'

/** Less than that is too little to tell anything by. */
const LEAST_CONTROL_MS = 20

export interface MachineDrift {
  readonly drift: Drift
  /** How much longer each run's machine took than the median of all, in the order of the side's runs. */
  readonly factors: { readonly base: readonly number[]; readonly head: readonly number[] }
}

/** By how much more than the framework phase code may suffer from a machine, of logarithms. */
const SUFFERS_MORE = 1.5

/** Null where there is too little to tell by, and with fewer than four runs a side. */
export function findMachine(base: Side, head: Side): MachineDrift | null {
  if (Math.min(base.runs.length, head.runs.length) < LEAST_RUNS) return null
  const files = filesOfAll([...base.runs, ...head.runs])
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

/** Test files that were recorded in every run. */
function filesOfAll(runs: readonly RunFigures[]): ReadonlySet<string> {
  const [first, ...others] = runs.map(({ framework }) => new Set(framework.map(({ file }) => file)))
  return new Set([...(first ?? [])].filter(file => others.every(files => files.has(file))))
}

function controlMs({ framework }: RunFigures, files: ReadonlySet<string>): number {
  return sum(framework, ({ file, cpuMs }) => (files.has(file) ? cpuMs : 0))
}
