// The test code from which a function of the project makes a call, where that function is in another file: a helper or a matcher.

import { greatest, sum } from 'd3-array'
import { callsOf } from '../../attribution/calls.js'
import { at, increase } from '../../profile/columns.js'
import { isOwnCode } from '../../profile/own-code.js'
import { type FrameIndex, NO_CALLER, type Profile, samplesOf, TIMES } from '../../profile/profile.js'
import { relativeTo } from '../../report/relative-path.js'
import type { Facts } from '../rule.js'
import { callsWithin } from './call-sites.js'
import { place } from './places.js'

/** `test/catalog.test.js:4`: where test code leads to most of these calls; undefined if they are in test code, or of many tests. */
export function testCaller(
  calls: ReadonlySet<number>,
  { profile, report, bodyOf }: Pick<Facts, 'profile' | 'report' | 'bodyOf'>,
): string | undefined {
  const { wholeMs, found } = timesByTestFrame(calls, profile)
  const [index, through] = greatest(found, ([, { ms }]) => ms) ?? []
  if (index === undefined || through === undefined || through.ms < LEAST_SHARE * wholeMs) return undefined
  const { name, file, line, column } = at(profile.frames, index)
  const path = relativeTo(report.run.displayRoot)(file)
  const called = at(profile.frames, through.callee).name.split('.').at(-1)
  const made = callsWithin({ function: name, file: path, line, column }, bodyOf)
  return place({ file: path, line: made.find(call => call.name === called)?.line ?? line })
}

/** Of the time of the calls: a smaller part of it does not stand for all. */
const LEAST_SHARE = 0.5

interface Through {
  ms: number
  /** The function of the project that the test code calls. */
  readonly callee: FrameIndex
}

function timesByTestFrame(calls: ReadonlySet<number>, profile: Profile) {
  const { frames, stacks } = profile
  const { callOf } = callsOf(profile)
  const times = new Map<number, number>()
  for (const type of [TIMES.cpu, TIMES.blocked]) {
    const samples = samplesOf(profile, type)
    samples.stack.forEach((stack, row) => {
      const leaf = at(frames, at(stacks.frame, stack)).category === 'idle' ? at(stacks.caller, stack) : stack
      if (leaf !== NO_CALLER && calls.has(at(callOf, leaf))) increase(times, leaf, at(samples.weight, row))
    })
  }
  const found = new Map<FrameIndex, Through>()
  for (const [stack, weight] of times) {
    const own: FrameIndex[] = []
    for (let caller = stack; caller !== NO_CALLER; caller = at(stacks.caller, caller)) {
      const frame = at(stacks.frame, caller)
      if (isOwnCode(at(frames, frame))) own.push(frame as FrameIndex)
    }
    const position = own.findIndex(frame => at(frames, frame).category === 'test')
    const [test, callee] = [own[position], own[position - 1]]
    if (test === undefined || callee === undefined) continue
    const known = found.get(test) ?? { ms: 0, callee }
    known.ms += weight / 1000
    found.set(test, known)
  }
  return { found, wholeMs: sum(times.values()) / 1000 }
}
