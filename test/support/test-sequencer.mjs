// The order of test files, which keeps all workers busy until the end.

import Sequencer from '@jest/test-sequencer'

export default class FillingSequencer extends Sequencer {
  /**
   * The first end-to-end file installs what all of them need, and mostly waits for the network while other workers run unit tests.
   * The other end-to-end files come last: they are short, so all workers end at nearly the same time.
   */
  sort(tests) {
    const sorted = super.sort(tests)
    const isUnit = ({ context }) => context.config.displayName?.name === 'unit'
    const [first, ...others] = sorted.filter(test => !isUnit(test))
    if (first === undefined) return sorted
    const unit = sorted.filter(isUnit)
    const half = Math.ceil(unit.length / 2)
    return [first, ...unit.slice(0, half), ...others, ...unit.slice(half)]
  }
}
