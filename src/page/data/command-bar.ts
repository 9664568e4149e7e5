// The whole command as one bar: startup, the phases of its test files as they fill the time in which files ran, and what
// comes after them. The parts add up to the wall time of the command.

import { sum } from 'd3-array'
import { commandParts } from '../../formats/sentences.js'
import { PHASES, type Phase } from '../../profile/profile.js'
import type { Report } from '../../report/report.js'
import { count, duration } from '../../report/views/figures.js'
import { COMMAND_COLOURS, PHASE_COLOURS } from '../categories.js'

export interface CommandPart {
  readonly name: string
  /** Wall time of the command. */
  readonly ms: number
  /** What it consists of; `''` if that is unknown. */
  readonly detail: string
  readonly colour: string
  /** Undefined unless it is a phase of the test files. */
  readonly phase: Phase | undefined
}

/** Smaller shares of the command are one part. */
const LEAST_SHARE = 0.01

/** Without parts of no time; empty if the times of the command are unknown. */
export function commandBar(report: Pick<Report, 'command' | 'phases' | 'schedule'>): CommandPart[] {
  const { command } = report
  if (command === null) return []
  const [before, , after] = commandParts(command, 1).map(({ name, wallMs, parts }) => ({
    name,
    ms: wallMs,
    detail: parts.join(', '),
    phase: undefined,
    colour: COMMAND_COLOURS.around,
  }))
  const parts = [before, ...runningParts(report, command.running.wallMs), after].filter(
    part => part !== undefined && part.ms > 0,
  ) as CommandPart[]
  return withSmallJoined(parts, LEAST_SHARE * command.wallMs)
}

/** What the workers did while files ran, on average: a phase of 2 s is 1 s of the command if two workers ran files. */
function runningParts({ phases, schedule }: Pick<Report, 'phases' | 'schedule'>, runningMs: number) {
  const workers = schedule.workers.length
  const { betweenFiles } = phases
  const ofWorkers = (ms: number) => `${duration(ms)} in ${count(workers, 'worker')}`
  const ofFiles = PHASES.map(phase => ({ phase, wallMs: phases[phase].wallMs }))
  const knownMs = sum(ofFiles, ({ wallMs }) => wallMs) + betweenFiles.wallMs
  const wholeMs = Math.max(runningMs * workers, knownMs)
  const toRunning = (ms: number) => (wholeMs === 0 ? 0 : (ms * runningMs) / wholeMs)
  const other = { phase: undefined, colour: COMMAND_COLOURS.noFile }
  return [
    ...ofFiles.map(({ phase, wallMs }) => ({
      name: phase,
      ms: toRunning(wallMs),
      detail: ofWorkers(wallMs),
      phase,
      colour: PHASE_COLOURS[phase],
    })),
    {
      ...other,
      name: 'between files',
      ms: toRunning(betweenFiles.wallMs),
      detail: ofWorkers(betweenFiles.wallMs),
    },
    {
      ...other,
      name: 'idle workers',
      ms: wholeMs === 0 ? runningMs : toRunning(wholeMs - knownMs),
      detail: 'workers that had no file left, or not yet one',
    },
  ]
}

/** Small parts follow the phases as one, before what comes after the tests. */
function withSmallJoined(parts: readonly CommandPart[], leastMs: number): CommandPart[] {
  const small = parts.filter(({ ms }) => ms < leastMs)
  if (small.length < 2) return [...parts]
  const joined: CommandPart = {
    name: 'smaller parts',
    ms: sum(small, ({ ms }) => ms),
    detail: small.map(({ name, ms }) => `${name} ${duration(ms)}`).join(', '),
    phase: undefined,
    colour: COMMAND_COLOURS.noFile,
  }
  const large = parts.filter(({ ms }) => ms >= leastMs)
  const isLast = ({ name }: CommandPart) => name === 'after tests'
  return [...large.filter(part => !isLast(part)), joined, ...large.filter(isLast)]
}
