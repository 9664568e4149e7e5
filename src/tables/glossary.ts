// What the headings of tables mean, in all of them: tooltips of the page.

export const GLOSSARY: Readonly<Record<string, string>> = {
  wall: 'by the clock on the wall',
  CPU: 'time in which the thread ran, garbage collection included; ~: estimated from a few samples',
  'no core': 'the thread was runnable but not scheduled, because no core was free',
  blocked: 'in synchronous calls that wait, such as execSync',
  waiting: 'nothing to run: waiting for timers, sockets, processes',
  GC: 'garbage collection, part of CPU',
  hooks: 'beforeEach and afterEach, part of the wall time',
  importing: 'modules that nothing had loaded before, part of the wall time',
  self: 'in the code itself, without what it called or imported',
  total: 'with all that it called or imported',
  saved: 'time that not importing it would save, all test files together',
  resolve: 'finding the file, part of self',
  transform: 'in the transformer, part of self',
  compile: 'in V8, part of self',
  automock: 'generating mocks of it, part of self',
  evaluate: 'its top-level code, part of self',
  files: 'test files that loaded or ran it',
  change: 'median of head less median of base',
  base: 'median of the runs',
  head: 'median of the runs',
  '95 % CI': 'confidence interval of the change, not adjusted for multiple tests',
  statistics:
    'p, corrected for multiple tests, and the runs of both sides; without a test, why there is none',
}
