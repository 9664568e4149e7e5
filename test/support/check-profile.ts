// Rules that every Profile must meet.

import { CATEGORIES, NO_CALLER, PHASES, type Profile, type ValueSamples } from '../../src/profile/profile.js'

/** One line for each violated rule, and none for a valid profile. */
export function violationsOf(profile: Profile): string[] {
  return [
    ...ofColumns(profile),
    ...ofFrames(profile),
    ...ofStacks(profile),
    ...ofScopes(profile),
    ...profile.values.flatMap(samples => ofSamples(profile, samples)),
  ]
}

function ofColumns({ stacks, values, lines }: Profile): string[] {
  const amounts = values.map(({ type, ...columns }) => [type.name, columns] as const)
  const tables: readonly (readonly [string, object])[] = [['stacks', stacks], ['lines', lines], ...amounts]
  return tables.flatMap(([table, columns]) => {
    const lengths = new Set(Object.values(columns).map((column: ArrayLike<unknown>) => column.length))
    return lengths.size === 1 ? [] : [`${table}: columns of different lengths`]
  })
}

function ofFrames({ frames, lines }: Profile): string[] {
  const broken = frames.flatMap(({ name, file, line, column, category }) => {
    const isPosition = (value: number) => Number.isInteger(value) && value >= 0
    if (!isPosition(line) || !isPosition(column)) return [`frame ${name}: at ${line}:${column}`]
    if (!CATEGORIES.includes(category)) return [`frame ${name}: category ${category}`]
    return file.includes('\\') ? [`frame ${name}: a path with backslashes`] : []
  })
  const outside = lines.frame.filter(frame => !isIndex(frame, frames)).map(frame => `line of frame ${frame}`)
  const lineless = lines.line.filter(line => line < 1).map(line => `line ${line}`)
  const weightless = lines.weight.filter(weight => !(weight > 0)).map(weight => `line of weight ${weight}`)
  return [...broken, ...outside, ...lineless, ...weightless, ...repeated('frame', frames)]
}

function ofStacks({ stacks, frames }: Profile): string[] {
  const broken = [...stacks.caller].flatMap((caller, stack) => {
    if (caller !== NO_CALLER && !(caller >= 0 && caller < stack))
      return [`stack ${stack} stands before caller ${caller}`]
    return isIndex(stacks.frame[stack], frames) ? [] : [`stack ${stack} is of no frame`]
  })
  return [...broken, ...repeated('stack', pairs(stacks.frame, stacks.caller))]
}

function ofScopes({ scopes }: Profile): string[] {
  return scopes.flatMap(({ phase, hook, test, attempt }, scope) => {
    if (!PHASES.includes(phase)) return [`scope ${scope} is of phase ${phase}`]
    if ((phase === 'hooks') !== (hook !== undefined))
      return [`scope ${scope}: hook ${hook} in phase ${phase}`]
    return (test === undefined) === (attempt === 0)
      ? []
      : [`scope ${scope}: test ${test}, attempt ${attempt}`]
  })
}

function ofSamples({ stacks, scopes }: Profile, samples: ValueSamples): string[] {
  const broken = [...samples.stack].flatMap((stack, row) => {
    const [scope, weight, count] = [samples.scope[row], samples.weight[row], samples.count[row]]
    if (!isIndex(stack, stacks.frame)) return [`row ${row} is of no stack`]
    if (!isIndex(scope, scopes)) return [`row ${row} is of no scope`]
    if (!Number.isInteger(weight) || Number(weight) < 0) return [`row ${row} has weight ${weight}`]
    // Samples that V8 takes between its periodic ones have time, but are not counted.
    return Number.isInteger(count) && Number(count) >= 0 ? [] : [`row ${row} has ${count} samples`]
  })
  return [
    ...broken,
    ...repeated('row', pairs(samples.stack, samples.scope)),
    ...repeated(
      'scope',
      scopes.map(({ project, file, worker, phase, hook, test, attempt, group }) => ({
        project,
        file,
        worker,
        phase,
        hook: hook ?? null,
        test: test ?? null,
        attempt,
        group: group ?? null,
      })),
    ),
  ]
}

function isIndex(index: number | undefined, column: ArrayLike<unknown>): boolean {
  return index !== undefined && Number.isInteger(index) && index >= 0 && index < column.length
}

function pairs(first: ArrayLike<number>, second: ArrayLike<number>): string[] {
  return Array.from(first, (value, row) => `${value} ${second[row]}`)
}

function repeated(what: string, rows: readonly unknown[]): string[] {
  const texts = rows.map(row => JSON.stringify(row))
  return texts.filter((text, row) => texts.indexOf(text) !== row).map(text => `${what} twice: ${text}`)
}
