// `testEnvironment: 'jest-profiler/jsdom'`: jest-environment-jsdom, recorded.

import { profiledEnvironment } from './collect/environment-class.js'

export default profiledEnvironment(() => 'jsdom')
