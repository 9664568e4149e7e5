// Whether the machine was another one: what Jest's own framework phase took in each run.
//
// The test asks whether runs could have been dealt out to the sides at random. On a shared machine they could not: the
// second ten runs may all have met a busy neighbour, and then everything is slower, significantly so. Loading Jest's own
// test framework into a sandbox is the same work for every test file, whatever was changed in the project: how much
// longer that took is what the machine did. It is no exact measure, for code differs in what it suffers from, so it is
// only ever used against a claim, never for one:
// 1. a figure has to differ as measured, and also with each run's own machine taken out, and
// 2. it has to have changed by more than the farther end of the machine's own 95 % interval.

import { median } from 'd3-array'
import type { Drift } from './comparison.js'
import type { RunFigures } from './run-figures.js'
import type { Side } from './sides.js'
import { Shifts } from './statistics/hodges-lehmann.js'

/** Less than that is too little to tell anything by. */
const LEAST_CONTROL_MS = 20

export interface Machine {
  readonly drift: Drift
  /** How much longer each run's machine took than the median of all, in the order of the side's runs. */
  readonly factors: { readonly base: readonly number[]; readonly head: readonly number[] }
}

/** Null where there is too little to tell by, as with fewer than four runs a side. */
export function machineOf(base: Side, head: Side): Machine | null {
  const files = filesOfAll([...base.runs, ...head.runs])
  const ofBase = base.runs.map(run => controlMs(run, files))
  const ofHead = head.runs.map(run => controlMs(run, files))
  if (Math.min(...ofBase, ...ofHead) < LEAST_CONTROL_MS) return null
  // Of logarithms: a machine is slower by a factor.
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
      allowance: Math.max(high - 1, 1 / low - 1),
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
  return framework.reduce((sum, { file, cpuMs }) => (files.has(file) ? sum + cpuMs : sum), 0)
}
