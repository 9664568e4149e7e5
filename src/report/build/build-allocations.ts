// What was allocated, by function, test and module.

import { sum } from 'd3-array'
import { at, increase, once } from '../../profile/columns.js'
import { compareFrames } from '../../profile/frame.js'
import { type FunctionAmounts, rankFunctions } from '../../profile/functions.js'
import { functionsByOwner, ownersOfFunctions } from '../../profile/functions-by-owner.js'
import { byDescending } from '../../profile/order.js'
import {
  ALLOCATED,
  type Frame,
  type FrameIndex,
  NO_CALLER,
  type Profile,
  samplesOf,
} from '../../profile/profile.js'
import type { AllocatedReport, MemoryReport, ModuleAllocation } from '../memory-report.js'
import type { FileRecord } from '../record/run-record.js'
import type { ToRelative } from '../relative-path.js'
import { testIdentifier } from './hotspots.js'
import type { Naming } from './listed-tests.js'
import { ownedByTest } from './owners.js'

type BuiltAllocations = Pick<MemoryReport, 'allocated' | 'tests' | 'allocations' | 'modules'>

const MOST = { functions: 500, tests: 1000, modules: 500 }
const TESTS_OF_A_FUNCTION = 5
const FUNCTIONS_OF_A_TEST = 5

export function buildAllocations(
  profile: Profile,
  files: readonly FileRecord[],
  naming: Naming,
): BuiltAllocations {
  const identify = testIdentifier(profile.scopes, files, naming)
  const { toRelative } = naming
  return {
    allocated: allocatedIn(files),
    tests: allocatingTests(profile, identify, toRelative),
    allocations: allocatingFunctions(profile, identify, toRelative),
    modules: allocatingModules(profile, toRelative),
  }
}

function allocatedIn(files: readonly FileRecord[]): AllocatedReport | null {
  const all = files.flatMap(({ recording }) => recording?.allocated ?? [])
  const [first] = all
  if (first === undefined) return null
  return {
    intervalBytes: first.intervalBytes,
    bytes: sum(all, ({ whole }) => whole),
    sampledBytes: sum(all, ({ sampled }) => sampled),
    files: all.length,
    sampledFiles: all.filter(({ isSampled }) => isSampled).length,
  }
}

type Identify = ReturnType<typeof testIdentifier>

function allocatingTests(
  profile: Profile,
  identify: Identify,
  toRelative: ToRelative,
): BuiltAllocations['tests'] {
  const bytesOf = new Map<string, number>()
  const { scope, weight } = samplesOf(profile, ALLOCATED)
  const ownerOf = once((index: number) => ownedByTest(at(profile.scopes, index)))
  scope.forEach((index, row) => {
    const owner = ownerOf(index)
    if (owner !== undefined) increase(bytesOf, owner, at(weight, row))
  })
  const wanted = { most: FUNCTIONS_OF_A_TEST, value: ALLOCATED }
  const ranked = [...bytesOf].flatMap(([owner, allocatedBytes]) => {
    const identity = identify(owner)
    return identity === undefined ? [] : [{ owner, identity, allocatedBytes }]
  })
  const listed = ranked
    .toSorted(byDescending('allocatedBytes', ({ identity }) => testText(identity)))
    .slice(0, MOST.tests)
  const isListed = new Set(listed.map(({ owner }) => owner))
  const functions = functionsByOwner(
    profile,
    tested => {
      const owner = ownedByTest(tested)
      return owner !== undefined && isListed.has(owner) ? owner : undefined
    },
    wanted,
  )
  return listed.map(({ owner, identity, allocatedBytes }) => ({
    ...identity,
    allocatedBytes,
    allocations: (functions.get(owner) ?? []).map(({ frame, self }) => {
      const { category, ...place } = placeOf(at(profile.frames, frame), toRelative)
      return { ...place, category, bytes: self }
    }),
  }))
}

function allocatingFunctions(
  profile: Profile,
  identify: Identify,
  toRelative: ToRelative,
): BuiltAllocations['allocations'] {
  const ranked = rankAllocations(profile).slice(0, MOST.functions)
  const textOf = once((owner: string) => testText(identify(owner)))
  const owners = ownersOfFunctions(profile, ownedByTest, {
    functions: new Set(ranked.map(({ frame }) => frame)),
    most: TESTS_OF_A_FUNCTION,
    textOf,
    value: ALLOCATED,
  })
  return ranked.map(entry => ({
    ...functionAllocation(profile, entry, toRelative),
    tests: (owners.get(entry.frame) ?? []).flatMap(({ owner, total }) => {
      const identity = identify(owner)
      return identity === undefined ? [] : [{ ...identity, bytes: total }]
    }),
  }))
}

/** All functions that allocated, the most first. */
function rankAllocations(profile: Profile): FunctionAmounts[] {
  return rankFunctions(profile, ALLOCATED)
    .filter(({ self }) => self > 0)
    .toSorted(
      (a, b) => b.self - a.self || compareFrames(at(profile.frames, a.frame), at(profile.frames, b.frame)),
    )
}

function functionAllocation(
  { frames }: Pick<Profile, 'frames'>,
  { frame, self, total }: FunctionAmounts,
  toRelative: ToRelative,
): Omit<BuiltAllocations['allocations'][number], 'tests'> {
  const shown = at(frames, frame)
  return {
    ...placeOf(shown, toRelative),
    package: shown.package ?? null,
    bytes: self,
    totalBytes: total,
  }
}

function placeOf({ name, file, line, column, category }: Frame, toRelative: ToRelative) {
  return { function: name, file: toRelative(file), line, column, category }
}

function testText(identity: ReturnType<Identify>): string {
  const { file = '', project = '', index = 0 } = identity ?? {}
  return `${file}\0${project}\0${String(index).padStart(9, '0')}`
}

/** The name of a module's top-level code. */
const MODULE = '(module)'

/** A sample belongs to the innermost module whose top-level code is on its stack. */
function allocatingModules(profile: Profile, toRelative: ToRelative): ModuleAllocation[] {
  const { frames, stacks } = profile
  const moduleOf = new Int32Array(stacks.frame.length).fill(NO_CALLER)
  stacks.frame.forEach((frame: FrameIndex, stack) => {
    const caller = at(stacks.caller, stack)
    const { name, file } = at(frames, frame)
    if (name === MODULE && file !== '') moduleOf[stack] = frame
    else if (caller !== NO_CALLER) moduleOf[stack] = at(moduleOf, caller)
  })
  const bytesOf = new Map<Frame, number>()
  const { stack: leaves, weight } = samplesOf(profile, ALLOCATED)
  leaves.forEach((stack, row) => {
    const frame = frames[at(moduleOf, stack)]
    if (frame !== undefined) increase(bytesOf, frame, at(weight, row))
  })
  const rows = new Map<string, ModuleAllocation>()
  for (const [frame, bytes] of bytesOf) {
    const module = toRelative(frame.file)
    const row = rows.get(module)
    // A module has a frame for each category.
    if (row === undefined) rows.set(module, { module, package: frame.package ?? null, bytes })
    else row.bytes += bytes
  }
  return [...rows.values()].toSorted(byDescending('bytes', ({ module }) => module)).slice(0, MOST.modules)
}
