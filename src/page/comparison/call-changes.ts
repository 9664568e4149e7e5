// How every call of both drawings changed, and how that is drawn and said.

import type { Drift } from '../../compare/comparison.js'
import { position } from '../data/text.js'
import type { FlameLook, FlameNode, FlameTree } from '../flame/flame-tree.js'
import { type CallChange, changeOf } from './call-change.js'
import type { CallsData } from './calls-data.js'
import { colourOfChange, NOISE_COLOUR } from './change-colours.js'
import { describeCall, shortChange } from './change-text.js'
import type { ComparedCall, ComparedTrees } from './compared-trees.js'

export class CallChanges {
  readonly look: FlameLook
  readonly #data: CallsData
  /** By the id of a call. */
  readonly #changes: readonly CallChange[]
  readonly #unit: FlameTree['unit']

  constructor({ calls, callOf, base }: ComparedTrees, data: CallsData, drift: Drift | null) {
    const { unit } = base
    const floor = { unit, intervalMicros: data.intervalMicros, allowance: drift?.allowance ?? 0 }
    this.#data = data
    this.#unit = unit
    this.#changes = calls.map(call => changeOf(call, floor))
    const changeAt = (node: FlameNode) => this.#changes[callOf.get(node)?.id ?? -1]
    this.look = {
      colourOf: node => {
        const change = changeAt(node)
        return change === undefined ? NOISE_COLOUR : colourOfChange(change)
      },
      labelOf: node => {
        const change = changeAt(node)
        const text = change === undefined ? '' : shortChange(change)
        return text === '' ? node.label : `${node.label}  ${text}`
      },
    }
  }

  /** In one line; `''` of no call. */
  describe(call: ComparedCall | undefined): string {
    const change = this.#changes[call?.id ?? -1]
    if (call === undefined || change === undefined) return ''
    const frame = this.#data.frames[call.frame]
    const place = frame === undefined ? '' : position(frame.file, frame.line, frame.column)
    return describeCall(call, change, { place, unit: this.#unit })
  }
}
