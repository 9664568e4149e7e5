// The public API.

export { withProfiling } from './collect/profiled-environment.js'
export { withProfiler } from './configure/with-profiler.js'
export { UserError } from './errors/user-error.js'
export type { Budget } from './options/budget-option.js'
export type { ProfilerOptions } from './options/options.js'
export type * from './report/account-reports.js'
export type * from './report/budget-report.js'
export type * from './report/code-reports.js'
export type * from './report/file-report.js'
export type * from './report/handle-report.js'
export type * from './report/report.js'
export { readRun } from './saved-runs/read-run.js'
