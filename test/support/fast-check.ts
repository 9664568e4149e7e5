// What unit tests get when they import fast-check (see jest.config.js). A property that fails is simplified for 10 seconds at most,
// so that its counterexample is shown before the test's time limit ends it. On a busy machine a property that holds is
// checked with fewer values than usual.

import fc from '../../node_modules/fast-check/lib/fast-check.js'

fc.configureGlobal({ interruptAfterTimeLimit: 10_000 })

export default fc
