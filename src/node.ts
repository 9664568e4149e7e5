// `testEnvironment: 'jest-profiler/node'`: jest-environment-node, recorded.

import { profiledEnvironment } from './collect/environment-class.js'

export default profiledEnvironment(() => 'node')
