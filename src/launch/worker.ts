// Entry point of Jest's workers: records their environments, then runs the original script. No effect in workers that run no tests.

import { replaceRequired, runAsMain } from '../jest/required-modules.js'
import { cacheCompiledCode } from './compile-cache.js'
import { recordedEnvironments } from './recorded-environments.js'

cacheCompiledCode()
// A worker has one runner.
const end = replaceRequired([recordedEnvironments(() => end())])
process.argv.splice(1, 1)
const [, script = ''] = process.argv
runAsMain(script)
