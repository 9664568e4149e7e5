// What the project's own code calls outside itself. A sample below own code belongs to the innermost own function: it is that
// function's own time, or part of the call with which the function left the project's code. What a package does after an await has no
// own code on its stack: it is a call of that package by the test in which it runs.

import { sum } from 'd3-array'
import { jestCallOf, narrowedCall } from '../jest/called-frames.js'
import { at, Interner, onceForEach } from '../profile/columns.js'
import { ANONYMOUS, isFunction, RESUMED } from '../profile/frame.js'
import { functionsOf } from '../profile/functions.js'
import { isOwnCode } from '../profile/own-code.js'
import {
  type Category,
  type Frame,
  type FrameIndex,
  NO_CALLER,
  type Profile,
  samplesOf,
  TIMES,
  type ValueType,
} from '../profile/profile.js'
import { amountsByStack } from '../profile/rank.js'
import { type OwnerOf, rowsByOwner } from '../profile/rows-by-owner.js'

/**
 * What was called: a package (`library`); Jest's `expect`, its mocks and snapshots; the console; an error's stack; `require`, automock
 * and `jest.resetModules` (`module`); the engine (`native`); Node; or another part of Jest or a transformer (`other`).
 */
export type CallKind =
  | 'library'
  | 'matcher'
  | 'mock'
  | 'snapshot'
  | 'console'
  | 'stack'
  | 'module'
  | 'native'
  | 'node'
  | 'other'

interface Callee {
  readonly kind: CallKind
  readonly function: string
  readonly package: string | undefined
  readonly category: Category
}

export interface OutgoingCall {
  /** The first frame of the function that makes the call; NO_CALLER for resumed work of a package. */
  readonly caller: FrameIndex
  readonly callee: Callee
  /** Of the called function itself. */
  self: number
  total: number
  count: number
}

/** A callee that deeper frames may name. */
type OpenCallee = Callee & { readonly isOpen: boolean }

const NONE = -1
/** Below Jest or a transformer, which resume nothing for tests. */
const FOREIGN = -2

/** By stack; NONE: own time, or no own code on the stack. */
export interface CallColumns {
  readonly calls: readonly OutgoingCall[]
  readonly callOf: Int32Array
}

/** The time of a call: what ran below it, and where the thread stood still. */
const CALL_TIMES: readonly ValueType[] = [TIMES.cpu, TIMES.blocked]

/** Every call with its CPU and blocked time, in no particular order. */
export const callsOf = onceForEach((profile: Profile): CallColumns => {
  const { frames, stacks } = profile
  const functionOf = functionsOf(frames)
  const callees = new Interner<OpenCallee>()
  const calls = new Interner<OutgoingCall>()
  const count = stacks.frame.length
  const own = new Int32Array(count).fill(NONE)
  const calleeOf = new Int32Array(count).fill(NONE)
  const callOf = new Int32Array(count).fill(NONE)
  /** By stack without own code: the package that was resumed. NONE: only Node or V8 so far. */
  const resumed = new Int32Array(count).fill(NONE)
  const amounts = CALL_TIMES.map(type => amountsByStack(profile, samplesOf(profile, type)))
  const sumOf = (name: 'weight' | 'count', stack: number) => sum(amounts, columns => at(columns[name], stack))
  const intern = (found: OpenCallee) =>
    callees.add(found, `${found.kind}\0${found.package ?? ''}\0${found.function}\0${found.isOpen}`)
  // Entering by a frame and narrowing by it depend on the frame and on the callee before only.
  const entered = new Int32Array(frames.length).fill(NONE)
  const enter = (index: number) => {
    if (entered[index] === NONE) entered[index] = intern(calleeOfFrame(at(frames, index)))
    return at(entered, index)
  }
  for (let stack = 0; stack < count; stack++) {
    const index = at(stacks.frame, stack)
    const caller = at(stacks.caller, stack)
    const frame = at(frames, index)
    if (isOwnCode(frame)) {
      own[stack] = at(functionOf, index)
      continue
    }
    const isCalled = caller !== NO_CALLER && own[caller] !== NONE
    const before = caller === NO_CALLER ? NONE : at(isCalled ? calleeOf : resumed, caller)
    const isCode = isFunction(frame) && frame.category !== 'profiler'
    let callee = before
    if (isCalled) {
      own[stack] = at(own, caller)
      if (isCode && before === NONE) callee = enter(index)
      else if (isCode && at(callees.all, before).isOpen) {
        const narrowed = narrow(at(callees.all, before), frame)
        if (narrowed !== undefined) callee = intern(narrowed)
      }
      calleeOf[stack] = callee
    } else {
      const resumes = resumedPackage(frame)
      if (before === NONE) callee = typeof resumes === 'number' ? resumes : intern(resumes)
      resumed[stack] = callee
    }
    if (callee < 0) continue
    const { kind, function: name, package: owner, category } = at(callees.all, callee)
    const call = calls.add(
      {
        caller: at(own, stack) as FrameIndex,
        callee: { kind, function: name, package: owner, category },
        self: 0,
        total: 0,
        count: 0,
      },
      `${own[stack]} ${kind}\0${owner ?? ''}\0${name}`,
    )
    callOf[stack] = call
    const found = at(calls.all, call)
    const weight = sumOf('weight', stack)
    found.total += weight
    found.count += sumOf('count', stack)
    if (callee !== before) found.self += weight
  }
  return { calls: calls.all, callOf }
})

/** Calls `visit` with the total of each call in each owner's samples, owner by owner. */
export function forEachCaller(
  profile: Profile,
  { calls, callOf }: CallColumns,
  ownerOf: OwnerOf,
  visit: (owner: string, call: number, total: number) => void,
): void {
  const { frames, stacks, scopes } = profile
  const parts = CALL_TIMES.map(type => {
    const samples = samplesOf(profile, type)
    const rows = rowsByOwner(scopes, samples, ownerOf)
    return { samples, ...rows, positionOf: new Map(rows.owners.map((owner, position) => [owner, position])) }
  })
  const totals = new Float64Array(calls.length)
  for (const owner of new Set(parts.flatMap(({ owners }) => owners))) {
    const touched: number[] = []
    for (const { samples, starts, rows, positionOf } of parts) {
      const position = positionOf.get(owner)
      if (position === undefined) continue
      for (const row of rows.subarray(starts[position], starts[position + 1])) {
        const leaf = at(samples.stack, row)
        const isIdle = at(frames, at(stacks.frame, leaf)).category === 'idle'
        const stack = isIdle ? at(stacks.caller, leaf) : leaf
        const call = stack === NO_CALLER ? NONE : at(callOf, stack)
        if (call === NONE) continue
        if (totals[call] === 0) touched.push(call)
        totals[call] = at(totals, call) + at(samples.weight, row)
      }
    }
    for (const call of touched) {
      const total = at(totals, call)
      totals[call] = 0
      if (total > 0) visit(owner, call, total)
    }
  }
}

/** The package whose function is the first of a stack, or NONE below it, or FOREIGN. */
function resumedPackage({ category, package: owner }: Frame): OpenCallee | typeof NONE | typeof FOREIGN {
  if (category === 'dependency')
    return { kind: 'library', function: RESUMED, package: owner, category, isOpen: false }
  return category === 'jest' || category === 'transform' || category === 'profiler' ? FOREIGN : NONE
}

function calleeOfFrame(frame: Frame): OpenCallee {
  const { name, file, category, package: owner } = frame
  const common = { function: name, package: owner, category, isOpen: false }
  switch (category) {
    case 'dependency':
      return { ...common, kind: 'library', function: exportedName(name), isOpen: name === ANONYMOUS }
    case 'jest':
      return { ...common, ...jestCallOf(frame) }
    case 'stacks':
      return { ...common, kind: 'stack', function: 'error stack', package: undefined }
    case 'node':
      return nodeCall(frame)
    case 'native':
      return { ...common, kind: 'native' }
    default:
      return { ...common, kind: 'other', function: file === '' ? name : category }
  }
}

/** V8 names functions by what they were assigned to, such as `process.env.NODE_ENV.exports.createElement` or `fireEvent.<computed>`. */
function exportedName(name: string): string {
  return name.replace(/^.*\bexports\./, '').replace(/\.<computed>$/, '')
}

/** Folders of `node:internal` with globals such as `fetch`, which belong to no module. */
const NO_MODULES: ReadonlySet<string> = new Set(['bootstrap', 'deps', 'main', 'perf'])

/** `node:internal/fs/utils` is part of `node:fs`. */
function nodeCall({ name, file, category }: Frame): OpenCallee {
  const module = /^node:(?:internal\/)?([^/]+)/.exec(file)?.[1] ?? ''
  const isConsole = module === 'console'
  return {
    kind: isConsole ? 'console' : 'node',
    function: isConsole ? `console.${name}` : name,
    package: isConsole ? undefined : NO_MODULES.has(module) ? 'node' : `node:${module}`,
    category,
    isOpen: false,
  }
}

/** A library's first function may be anonymous; then the first named one of the same package tells what was called. */
function narrow(found: OpenCallee, frame: Frame): OpenCallee | undefined {
  if (found.kind === 'library') {
    const { name, package: owner } = frame
    if (frame.category !== 'dependency' || owner !== found.package || name === ANONYMOUS) return undefined
    return { ...found, function: exportedName(name), isOpen: false }
  }
  const narrowed = narrowedCall(found, frame)
  if (narrowed === undefined) return undefined
  // A matcher of another package, such as jest-dom's.
  const isOthers = narrowed.kind === 'matcher' && frame.category === 'dependency'
  return { ...found, ...narrowed, package: isOthers ? frame.package : found.package }
}
