// Refuses what needs a profile, for runs that have none.

import { UserError } from '../errors/user-error.js'
import type { Report } from '../report/report.js'
import { hasProfile } from '../report/views/profiled.js'

/** `what`: the command, such as `show --by line`. Throws a UserError if the report is of a run without a profile. */
export function refuseWithoutProfile(report: Pick<Report, 'run'>, what: string): void {
  if (hasProfile(report)) return
  throw new UserError(
    `jest-profiler: ${what} needs a profile, but ${partOf(report)} was recorded without one (engine 'none'). ` +
      'Run it again with `--engine inspector`.',
  )
}

/** As `refuseWithoutProfile`, for what shows allocations. */
export function refuseWithoutAllocations(report: Pick<Report, 'run' | 'memory'>, what: string): void {
  if (report.memory?.allocated != null) return
  throw new UserError(
    `jest-profiler: ${what} needs allocations, but ${partOf(report)} was recorded without them. Run it again with \`--memory\`.`,
  )
}

function partOf({ run }: Pick<Report, 'run'>): string {
  return run.selection === undefined ? `run ${run.id}` : `this part of run ${run.id}`
}
