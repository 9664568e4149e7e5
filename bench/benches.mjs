// All benchmarks by name, in the order in which they are listed.

import { accuracy } from './accuracy.mjs'
import { boundaries } from './boundaries.mjs'
import { commands } from './commands.mjs'
import { cost } from './cost.mjs'
import { doctor } from './doctor.mjs'
import { leaks } from './leaks.mjs'
import { memory } from './memory.mjs'
import { merge } from './merge.mjs'
import { noise } from './noise.mjs'
import { outputs } from './outputs.mjs'
import { scale } from './scale.mjs'
import { sourceMaps } from './source-maps.mjs'
import { suite } from './suite.mjs'
import { trivialTests } from './trivial-tests.mjs'
import { waits } from './waits.mjs'

export const BENCHES = {
  cost,
  suite,
  'trivial-tests': trivialTests,
  waits,
  doctor,
  memory,
  leaks,
  boundaries,
  commands,
  outputs,
  merge,
  scale,
  'source-maps': sourceMaps,
  accuracy,
  noise,
}
