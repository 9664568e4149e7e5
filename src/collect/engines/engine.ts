// The interface of profiling engines, and V8's profile as the inspector protocol defines it.

/**
 * The fields that we read of https://chromedevtools.github.io/devtools-protocol/v8/Profiler/#type-Profile. Times are in microseconds
 * on V8's clock, `lineNumber` and `columnNumber` 0-based (-1: unknown), `positionTicks[].line` 1-based; `url` is a `file:` URL, a
 * `node:` name, an absolute path or `''`.
 */
export interface V8Profile {
  nodes: V8ProfileNode[]
  startTime: number
  endTime: number
  samples: number[]
  timeDeltas: number[]
}

export interface V8ProfileNode {
  id: number
  callFrame: { functionName: string; url: string; lineNumber: number; columnNumber: number }
  children?: number[]
  positionTicks?: { line: number; ticks: number }[]
}

export interface Engine {
  /** Whether profiles may overlap: an idle one keeps V8 warm. A start takes 40 to 150 ms with no other profile, else under 0.1 ms. */
  readonly overlapping: boolean
  start(title: string): void
  stop(title: string): V8Profile
  /** Ends a profile whose samples are not needed. */
  discard(title: string): void
  close(): void
}
