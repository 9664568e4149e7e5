// The exit code for what the user gave and nobody could run: Jest's own, 1, is that of failing tests.

const WRONG_USAGE = 2

/** Jest says what is wrong and ends the process; only its code is made ours. */
export function endWithWrongUsage(): void {
  // Jest insists on its own in a listener that comes after this one:
  // https://github.com/cowboy/node-exit/blob/v0.1.2/lib/exit.js
  process.once('exit', () => process.exit(WRONG_USAGE))
}
