// What one run measured of one thing. Times in milliseconds.

import type { Entity, Measure } from '../comparison.js'

export interface Figure {
  readonly entity: Entity
  readonly times: Readonly<Partial<Record<Measure, Time>>>
  /** With all that it called or loaded; null where there is no such thing. */
  readonly totalMs: number | null
  /** For a test whose function's text tells it from others: the same for the same text. */
  readonly body?: string
}

export interface Time {
  readonly ms: number
  /** What sampling may be off by in 95 of 100 cases; null: measured by the clock. */
  readonly errorMs: number | null
}
