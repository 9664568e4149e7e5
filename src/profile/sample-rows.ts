// The samples of one value while a profile is built: one row for each pair of stack and scope. A scope belongs to one test file, so
// its rows are complete when the recording ends, and become columns then: a hundred thousand tests have a million rows.

import { at, getOrMake } from './columns.js'
import { GrowingColumn } from './growing-column.js'
import type { ScopeIndex, StackIndex, ValueSamples, ValueType } from './profile.js'

interface Amount {
  weight: number
  count: number
}

export class SampleRows {
  readonly #type: ValueType
  readonly #open = new Map<ScopeIndex, Map<StackIndex, Amount>>()
  readonly #ended = {
    stack: new GrowingColumn<StackIndex>(),
    scope: new GrowingColumn<ScopeIndex>(),
    weight: new GrowingColumn<number>(),
    count: new GrowingColumn<number>(),
  }
  /** The highest scope among the ended rows: new scopes have higher numbers. */
  #lastScope = -1
  /** Whether a scope may have occurred twice, as in a merge of several runs. */
  #hasRepeated = false

  constructor(type: ValueType) {
    this.#type = type
  }

  add(stack: StackIndex, scope: ScopeIndex, weight: number, count: number): void {
    const rows = getOrMake(this.#open, scope, () => new Map<StackIndex, Amount>())
    const row = rows.get(stack)
    if (row === undefined) rows.set(stack, { weight, count })
    else {
      row.weight += weight
      row.count += count
    }
  }

  /** Ends a recording: turns the rows added since the last call into columns. */
  end(): void {
    const before = this.#lastScope
    for (const [scope, rows] of this.#open) {
      this.#close(scope, before)
      for (const [stack, amount] of rows) this.#append(stack, scope, amount)
    }
    this.#open.clear()
  }

  /** Adds the rows of another profile. `added`: the positions here of its stacks and scopes. */
  join(
    { stack, scope, weight, count }: ValueSamples,
    added: { stacks: Int32Array; scopes: Int32Array },
  ): void {
    this.end()
    const before = this.#lastScope
    for (const column of Object.values(this.#ended)) column.reserve(stack.length)
    stack.forEach((index, row) => {
      const scopeHere = at(added.scopes, at(scope, row)) as ScopeIndex
      this.#close(scopeHere, before)
      this.#append(at(added.stacks, index) as StackIndex, scopeHere, {
        weight: at(weight, row),
        count: at(count, row),
      })
    })
  }

  columns(): ValueSamples {
    this.end()
    const { stack, scope, weight, count } = this.#ended
    const samples = {
      type: this.#type,
      stack: stack.all,
      scope: scope.all,
      weight: weight.all,
      count: count.all,
    }
    return this.#hasRepeated ? withJoinedRows(samples) : samples
  }

  /** `before`: the highest scope before this recording or profile. */
  #close(scope: ScopeIndex, before: number): void {
    if (scope <= before) this.#hasRepeated = true
    if (scope > this.#lastScope) this.#lastScope = scope
  }

  #append(stack: StackIndex, scope: ScopeIndex, { weight, count }: Readonly<Amount>): void {
    this.#ended.stack.push(stack)
    this.#ended.scope.push(scope)
    this.#ended.weight.push(weight)
    this.#ended.count.push(count)
  }
}

/** Merges rows of the same stack and scope; the rows of a scope are adjacent. */
function withJoinedRows({ type, stack, scope, weight, count }: ValueSamples): ValueSamples {
  const rows = new SampleRows(type)
  stack.forEach((index, row) => {
    rows.add(index, at(scope, row), at(weight, row), at(count, row))
  })
  return rows.columns()
}
