// What a profiling engine does, and the profile it gives: V8's own, as the inspector protocol defines it.

/**
 * https://chromedevtools.github.io/devtools-protocol/v8/Profiler/#type-Profile with all fields that we read.
 * Times in microseconds on V8's clock; `lineNumber` and `columnNumber` 0-based (-1: unknown), `positionTicks[].line`
 * 1-based; `url` is a `file:` URL, a `node:` name, an absolute path or `''`.
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
  /**
   * Whether profiles may overlap, so that an idle one can keep V8's profiler warm between two recordings. A start
   * costs 40 to 150 ms when no other profile is alive and under 0.1 ms when one is.
   */
  readonly overlapping: boolean
  start(title: string): void
  stop(title: string): V8Profile
  /** Ends an idle profile, whose samples are not needed. */
  discard(title: string): void
  close(): void
}
