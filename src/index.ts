// The public API.

export { withProfiling } from './collect/with-profiling.js'
export type { ProfilerOptions } from './options.js'
export type * from './report/report.js'
