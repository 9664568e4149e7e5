// How near the reported times are to the true ones, table by table: what tests measured themselves, what must add up, two
// runs of one suite against each other, and Chrome's own sums of the same profile.

import { burns } from './accuracy/burns.mjs'
import { chrome } from './accuracy/chrome.mjs'
import { collections } from './accuracy/collections.mjs'
import { modules } from './accuracy/modules.mjs'
import { repeats } from './accuracy/repeats.mjs'
import { sleeps } from './accuracy/sleeps.mjs'
import { createAccuracySuite } from './accuracy/suite.mjs'
import { sums } from './accuracy/sums.mjs'
import { UsageError } from './support/usage-error.mjs'

/** Each takes the suite and `{ runs }`, and returns a list of what `print` takes. */
const TABLES = { burns, sleeps, collections, modules, sums, repeats, chrome }

export const accuracy = {
  usage: `[--runs 5] [--only ${Object.keys(TABLES)[0]},…]`,
  summary: `reported times compared with known ones: ${Object.keys(TABLES).join(', ')}`,
  options: { runs: 5, only: Object.keys(TABLES).join(',') },
  run,
}

async function run({ runs, only, print }) {
  const names = only.split(',')
  const unknown = names.find(name => TABLES[name] === undefined)
  if (unknown !== undefined)
    throw new UsageError(
      `bench: there is no table "${unknown}". There are: ${Object.keys(TABLES).join(', ')}.`,
    )
  const suite = createAccuracySuite()
  for (const name of names) {
    const { jestVersion } = suite
    for (const table of await TABLES[name](suite, { runs })) print({ part: name, jestVersion, ...table })
  }
}
