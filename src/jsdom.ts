// `testEnvironment: 'jest-profiler/jsdom'`: jest-environment-jsdom, recorded.

import { profiledEnvironment } from './collect/profiled-environment.js'

export default profiledEnvironment(() => 'jsdom')
