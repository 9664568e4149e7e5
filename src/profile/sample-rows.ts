// The samples of a profile as they come: one row for each pair of stack and scope. Scopes belong to one test file each,
// so rows are complete when its recording ends, and are columns from then on: a hundred thousand tests have a million.

import { at } from './columns.js'
import { GrowingColumn } from './growing-column.js'
import type { Microseconds, Profile, ScopeIndex, StackIndex } from './profile.js'

interface Row {
  weight: Microseconds
  count: number
}

export class SampleRows {
  readonly #open = new Map<ScopeIndex, Map<StackIndex, Row>>()
  readonly #ended = {
    stack: new GrowingColumn<StackIndex>(),
    scope: new GrowingColumn<ScopeIndex>(),
    weight: new GrowingColumn<Microseconds>(),
    count: new GrowingColumn<number>(),
  }
  /** Scopes with rows that have ended; in a merge of several runs a scope comes again. */
  readonly #known = new Set<ScopeIndex>()
  #comeAgain = false

  add(stack: StackIndex, scope: ScopeIndex, { weight, count }: Readonly<Row>): void {
    let rows = this.#open.get(scope)
    if (rows === undefined) {
      rows = new Map()
      this.#open.set(scope, rows)
    }
    const row = rows.get(stack)
    if (row === undefined) rows.set(stack, { weight, count })
    else {
      row.weight += weight
      row.count += count
    }
  }

  /** What was added belongs to a recording that has ended. */
  end(): void {
    for (const [scope, rows] of this.#open) {
      this.#begin(scope)
      for (const [stack, row] of rows) this.#append(stack, scope, row)
    }
    this.#open.clear()
  }

  /** Adds the rows of another profile; `there`: what its stacks and scopes are here. */
  join(
    { stack, scope, weight, count }: Profile['samples'],
    there: { stacks: Int32Array; scopes: Int32Array },
  ): void {
    this.end()
    for (const known of there.scopes as Iterable<number> as Iterable<ScopeIndex>) this.#begin(known)
    for (const column of Object.values(this.#ended)) column.reserve(stack.length)
    stack.forEach((index, row) => {
      const scopeHere = at(there.scopes, at(scope, row)) as ScopeIndex
      const times = { weight: at(weight, row), count: at(count, row) }
      this.#append(at(there.stacks, index) as StackIndex, scopeHere, times)
    })
  }

  /** All of them. */
  columns(): Profile['samples'] {
    this.end()
    const { stack, scope, weight, count } = this.#ended
    const all = { stack: stack.all, scope: scope.all, weight: weight.all, count: count.all }
    return this.#comeAgain ? joined(all) : all
  }

  #begin(scope: ScopeIndex): void {
    this.#comeAgain ||= this.#known.has(scope)
    this.#known.add(scope)
  }

  #append(stack: StackIndex, scope: ScopeIndex, { weight, count }: Readonly<Row>): void {
    this.#ended.stack.push(stack)
    this.#ended.scope.push(scope)
    this.#ended.weight.push(weight)
    this.#ended.count.push(count)
  }
}

function joined({ stack, scope, weight, count }: Profile['samples']): Profile['samples'] {
  const rows = new SampleRows()
  stack.forEach((index, row) => {
    rows.add(index, at(scope, row), { weight: at(weight, row), count: at(count, row) })
  })
  return rows.columns()
}
