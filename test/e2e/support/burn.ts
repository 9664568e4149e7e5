// What the small suites of tests run for a while: one function, which profiles show by its name.

/**
 * Source of `function burn(ms)`. It computes for `ms` of wall time, and for at least some two thirds of that as CPU time, however
 * busy the machine is: a function that has no core has no samples, either.
 */
export const BURN =
  'function burn(ms) { const end = Date.now() + ms; let turns = ms * 1e4; while (Date.now() < end || turns-- > 0); }\n'
