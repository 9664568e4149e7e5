// `testEnvironment: 'jest-profiler/environment'`: wraps the environment in `testEnvironmentOptions.profiler.environment`.

import { baseEnvironmentName, profiledEnvironment } from './collect/profiled-environment.js'

export default profiledEnvironment(({ projectConfig }) => baseEnvironmentName(projectConfig))
