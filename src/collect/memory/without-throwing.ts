// Faults of recording memory.

// Module state: one warning per process.
let hasFailed = false

/** Errors of ours are not thrown into Jest: they become a line on stderr. */
export function withoutThrowing(action: () => void): void {
  try {
    action()
  } catch (error) {
    if (hasFailed) return
    hasFailed = true
    process.stderr.write(
      `jest-profiler: memory is not recorded: ${error instanceof Error ? error.message : error}\n`,
    )
  }
}
