// Draws a profile as columns of names: the first line names the owners of the samples, and the lines below name the frames
// from the outermost down. Each column is one sample. A name must begin in the column in which its head begins.
//
//   t1  t1.2  g0   -   b:t1     test 1, its second attempt, group 0, the file itself, test 1 of /project/b.test.js
//   A   A     gc   A   L[dependency:lodash]
//   B   idle

import type { Category, Frame, Profile, Scope, StackIndex, ValueType } from '../../src/profile/profile.js'
import { CATEGORIES, NO_CALLER, TIMES } from '../../src/profile/profile.js'
import { ProfileBuilder } from '../../src/profile/profile-builder.js'
import { violationsOf } from './check-profile.js'

export interface DrawnColumn {
  head: string
  names: string[]
}

export interface DrawOptions {
  /** Weight of each sample in the unit of the value; 1 by default. */
  weight?: number
  /** The value of all samples; by default waiting for idle samples, and CPU time for all others. */
  value?: ValueType
}

export function profileFromText(text: string, options: DrawOptions = {}): Profile {
  const builder = new ProfileBuilder()
  drawInto(builder, text, options)
  const profile = builder.build()
  const violations = violationsOf(profile)
  if (violations.length > 0) throw new Error(`the drawn profile is damaged: ${violations.join('; ')}`)
  return profile
}

/** Adds the drawn samples to a builder. */
export function drawInto(
  builder: ProfileBuilder,
  text: string,
  { weight = 1, value }: DrawOptions = {},
): void {
  for (const { head, names } of columnsOfText(text)) {
    let stack: StackIndex | typeof NO_CALLER = NO_CALLER
    for (const name of names) stack = builder.stack(builder.frame(drawnFrame(name)), stack)
    if (stack === NO_CALLER) throw new Error(`the column "${head}" names no frame`)
    const drawn = names.at(-1) === 'idle' ? TIMES.wait : TIMES.cpu
    const sample = { value: value ?? drawn, start: 0, weight, count: 1 }
    builder.addSamples(stack, builder.scope(drawnScope(head)), sample)
  }
}

export function columnsOfText(text: string): DrawnColumn[] {
  const [first, ...below] = text.split('\n').filter(line => line.trim() !== '')
  const columns = new Map(
    tokensOf(first ?? '').map(({ start, token }) => [start, { head: token, names: [] as string[] }]),
  )
  for (const line of below) {
    for (const { start, token } of tokensOf(line)) {
      const column = columns.get(start)
      if (column === undefined) throw new Error(`"${token}" begins below no head in "${line}"`)
      column.names.push(token)
    }
  }
  return [...columns.values()]
}

const META: Readonly<Record<string, { name: string; category: Category }>> = {
  idle: { name: '(idle)', category: 'idle' },
  gc: { name: '(garbage collector)', category: 'gc' },
  program: { name: '(program)', category: 'program' },
}

/**
 * The frame of a name: `A` is the project's own function in /project/src/A.js, `L[dependency:lodash]` one of a package,
 * `readSync[node:fs]` one of Node, and `readSync[transform:node:fs]` the same in a transformer.
 */
export function drawnFrame(text: string): Frame {
  const meta = META[text]
  const nowhere = { line: 0, column: 0, package: undefined, generated: false }
  if (meta !== undefined) return { ...meta, ...nowhere, file: '' }
  const [, name = text, suffix = 'source', packageName] = /^(.*)\[(\w+)(?::(.+))?\]$/.exec(text) ?? []
  const category = CATEGORIES.find(known => known === suffix)
  if (category === undefined) throw new Error(`"${suffix}" is no category`)
  const file = fileOf(name, category, packageName)
  const isNodes = category === 'node' || file.startsWith('node:')
  const ofPackage = isNodes ? undefined : packageName
  return { name, file, line: 1, column: 1, category, package: ofPackage, generated: false }
}

function fileOf(name: string, category: Category, packageName: string | undefined): string {
  if (category === 'node') return `node:${packageName ?? name}`
  if (packageName?.startsWith('node:')) return packageName
  if (packageName !== undefined) return `/project/node_modules/${packageName}/index.js`
  if (category === 'test') return '/project/a.test.js'
  return category === 'native' ? '' : `/project/src/${name}.js`
}

export function drawnScope(text: string): Scope {
  const match = /^(?:(\w+):)?(?:t(\d+)(?:\.(\d+))?|g(\d+)|-)$/.exec(text)
  if (match === null) throw new Error(`"${text}" is no scope`)
  const [, file = 'a', test, attempt = '1', group] = match
  return {
    project: '',
    file: `/project/${file}.test.js`,
    worker: 1,
    phase: test === undefined && group === undefined ? 'other' : 'tests',
    hook: undefined,
    test: test === undefined ? undefined : Number(test),
    attempt: test === undefined ? 0 : Number(attempt),
    group: group === undefined ? undefined : Number(group),
  }
}

function tokensOf(line: string): { start: number; token: string }[] {
  return [...line.matchAll(/\S+/g)].map(match => ({ start: match.index, token: match[0] }))
}
