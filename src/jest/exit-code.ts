// The exit code for wrong usage, because Jest's own, 1, is also that of failing tests.
//
// Known: 29.7 and 30.0 to 30.5 exit by the package `exit`, whose listener sets Jest's code and runs after ours.
// https://github.com/cowboy/node-exit/blob/v0.1.2/lib/exit.js
// With another way to exit, the process keeps Jest's code, 1, which is a failure as well.

const WRONG_USAGE = 2

/** Sets the exit code for wrong usage when Jest has reported it and exits. */
export function endWithWrongUsage(): void {
  process.once('exit', () => process.exit(WRONG_USAGE))
}
