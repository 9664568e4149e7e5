// Where Jest's workers start: has their environments recorded, and runs the script that Jest meant to start. Inert in
// workers that run no tests.

import { recordedEnvironments } from './recorded-environments.js'
import { replaceRequired, runAsMain } from './required-modules.js'

// A worker has one runner.
const end = replaceRequired([recordedEnvironments(() => end())])
process.argv.splice(1, 1)
const [, script = ''] = process.argv
runAsMain(script)
