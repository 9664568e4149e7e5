// `testEnvironment: 'jest-profiler/node'`: jest-environment-node, recorded.

import { profiledEnvironment } from './collect/profiled-environment.js'

export default profiledEnvironment(() => 'node')
