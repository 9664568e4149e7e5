// `testEnvironment: 'jest-profiler/environment'`: wraps the one in `testEnvironmentOptions.profiler.environment`.

import { baseEnvironmentName, profiledEnvironment } from './collect/environment-class.js'

export default profiledEnvironment(({ projectConfig }) => baseEnvironmentName(projectConfig))
