// Replaces fast-check in unit tests (see jest.config.js). A failing property is shrunk for at most 10 seconds,
// so that its counterexample is shown within the test's time limit. On a busy machine, a property is
// checked with fewer values.

import fc from '../../node_modules/fast-check/lib/fast-check.js'

fc.configureGlobal({ interruptAfterTimeLimit: 10_000 })

export default fc
