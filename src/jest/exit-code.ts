// The exit code for wrong usage: Jest's own, 1, is that of failing tests.
//
// Known: 29.7 and 30.0 to 30.5 end through the package `exit`, whose listener insists on Jest's code and comes after ours.
// https://github.com/cowboy/node-exit/blob/v0.1.2/lib/exit.js
// With another way to end, the process keeps Jest's code, 1: still a failure, told apart by its message.

const WRONG_USAGE = 2

/** Jest says what is wrong and ends the process; only its code becomes ours. */
export function endWithWrongUsage(): void {
  process.once('exit', () => process.exit(WRONG_USAGE))
}
