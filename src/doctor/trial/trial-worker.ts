// Entry point of Jest's workers in a trial: its environments note their CPU time. The first argument is the trial's folder.

import { replacedEnvironments } from '../../jest/environment-loading.js'
import { replaceRequired, runAsMain } from '../../jest/required-modules.js'
import { timedEnvironment } from './noted-files.js'

const [, , folder = '', script = ''] = process.argv
replaceRequired([replacedEnvironments(async environment => timedEnvironment(environment, folder))])
process.argv.splice(1, 2)
runAsMain(script)
