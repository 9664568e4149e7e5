// A run that spends much of its CPU time in garbage collection.

import { Adder } from 'd3-array'
import { at } from '../../profile/columns.js'
import { byDescending } from '../../profile/order.js'
import { isOwnCode } from '../../profile/own-code.js'
import { fileKey } from '../../profile/paths.js'
import {
  ALLOCATED,
  type Category,
  type Frame,
  type Profile,
  samplesOf,
  TIMES,
  type ValueType,
} from '../../profile/profile.js'
import type { FileReport } from '../../report/file-report.js'
import type { FunctionAllocation } from '../../report/memory-report.js'
import type { Report } from '../../report/report.js'
import { bytes, duration, percent } from '../../report/views/figures.js'
import { nameText } from '../../report/views/names.js'
import { byPath } from '../evidence/files.js'
import type { Facts, FindingDraft } from '../rule.js'

/** Milliseconds below which the time of collections is normal. */
export function leastOfCollection({ totals }: Pick<Report, 'totals'>): number {
  return 0.15 * totals.cpuMs
}

export function garbageCollection({ report, record, profile }: Facts): FindingDraft[] {
  const { gcMs, cpuMs } = report.totals
  if (gcMs === 0 || gcMs < leastOfCollection(report)) return []
  const isRecorded = report.memory?.allocated != null
  if ((isRecorded ? ownAllocatedShare(profile) : ownCollectedShare(profile)) < LEAST_OWN) return []
  const allocating = report.memory?.allocations.find(isOwnCode)
  const most = report.files
    .filter(file => gcOf(file) > 0)
    .toSorted(byDescending(gcOf, ({ path: file, project }) => fileKey({ file, project })))
    .slice(0, 3)
    .map(
      file =>
        `${file.path} (${duration(gcOf(file))}, ${percent(gcOf(file), file.cpuMs ?? 0)} of its CPU time)`,
    )
  return [
    {
      id: 'garbage-collection',
      // The share is measured, but what allocates only with the option `memory`.
      confidence: allocating === undefined ? 'medium' : 'high',
      title: `Garbage collection takes ${percent(gcMs, cpuMs)} of CPU time`,
      evidence:
        `${duration(gcMs)} of ${duration(cpuMs)}; most of it in ${most.join(', ')}.` +
        (allocating === undefined ? '' : ` ${allocatedText(allocating, report)}`),
      remedy: `${whatToAllocate(allocating)} ${OTHERWISE}`,
      ...(allocating === undefined ? {} : { position: positionOf(allocating) }),
      costMs: gcMs,
      savings: {
        files: byPath(
          { report, record },
          report.files.map(file => [file.path, gcOf(file)]),
        ),
      },
    },
  ]
}

/** The name of a module's top-level code. */
const MODULE = '(module)'

const OTHERWISE =
  'Enlarge the young generation with `NODE_OPTIONS=--max-semi-space-size=64`. If workers keep growing, set ' +
  '`workerIdleMemoryLimit` or run fewer workers.'

function whatToAllocate(allocating: FunctionAllocation | undefined): string {
  if (allocating === undefined)
    return (
      'Look for large objects that the hot functions of these files allocate repeatedly: with `--memory`, a run names the ' +
      'functions that allocate most.'
    )
  const { function: name, file } = allocating
  if (name === MODULE)
    return `The top-level code of \`${file}\` allocates in each test file that loads it: make its objects when they are first used, or import it in fewer test files.`
  return `Allocate less in \`${name}\`: make what stays the same once, outside of tests and hooks, and let tests use smaller data.`
}

/** The function that allocated most, and the tests for which it did. */
function allocatedText(
  { function: name, file, line, bytes: own, tests }: FunctionAllocation,
  report: Report,
) {
  const whole = report.memory?.allocated?.bytes ?? 0
  const [first] = tests
  const where = first === undefined ? '' : `, most for “${nameText(first.name)}”`
  return `${bytes(own)} of the ${bytes(whole)} that were allocated are those of \`${name}\` (${file}:${line})${where}.`
}

function positionOf({ file, line, column }: FunctionAllocation) {
  return { file, line, column }
}

/** Where less of it is collected or allocated while own code runs, the objects are those of Jest or of packages. */
const LEAST_OWN = 0.5

/** The share of collections with the project's code as their innermost code of users; 1 where none was sampled. */
function ownCollectedShare(profile: Profile): number {
  return ownShare(profile, TIMES.cpu, ({ category }) => category === 'gc')
}

/** As `ownCollectedShare`, of what was allocated. */
function ownAllocatedShare(profile: Profile): number {
  return ownShare(profile, ALLOCATED, () => true)
}

function ownShare(profile: Profile, value: ValueType, counts: (frame: Frame) => boolean): number {
  const { frames, stacks } = profile
  const samples = samplesOf(profile, value)
  const [own, all] = [new Adder(), new Adder()]
  samples.stack.forEach((stack, row) => {
    if (!counts(at(frames, at(stacks.frame, stack)))) return
    let caller: number = stack
    while (caller >= 0 && NOBODYS.has(at(frames, at(stacks.frame, caller)).category))
      caller = at(stacks.caller, caller)
    all.add(at(samples.weight, row))
    if (caller >= 0 && isOwnCode(at(frames, at(stacks.frame, caller)))) own.add(at(samples.weight, row))
  })
  return all.valueOf() === 0 ? 1 : own.valueOf() / all.valueOf()
}

/** Categories of code that allocates for its caller. */
const NOBODYS: ReadonlySet<Category> = new Set(['gc', 'native', 'node', 'program', 'compile'])

function gcOf({ gcMs }: FileReport): number {
  return gcMs ?? 0
}
