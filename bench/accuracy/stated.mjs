// Errors against the errors that the report itself states, and of sums.

/** How many lie within, such as `48 of 50 (96 %)`. `errors`: pairs of an error and the stated one, either way. */
export function withinStated(errors) {
  // Both are rounded to three decimals.
  const within = errors.filter(([error, stated]) => Math.abs(error) <= stated + 0.001).length
  return `${within} of ${errors.length} (${Math.round((100 * within) / errors.length)} %)`
}

/** Relative error of the sum over all rows. */
export function sumError(rows, readReported, readTrue) {
  const sum = read => rows.reduce((total, row) => total + read(row), 0)
  return sum(readReported) / sum(readTrue) - 1
}
