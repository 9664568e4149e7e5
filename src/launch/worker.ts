// Where Jest's workers start: has their environments recorded, and runs the script that Jest meant to start. Without effect in workers
// that run no tests.

import { replaceRequired, runAsMain } from '../jest/required-modules.js'
import { recordedEnvironments } from './recorded-environments.js'

// A worker has one runner.
const end = replaceRequired([recordedEnvironments(() => end())])
process.argv.splice(1, 1)
const [, script = ''] = process.argv
runAsMain(script)
