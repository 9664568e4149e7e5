// `testEnvironment: 'jest-profiler/environment'`: wraps the one in `testEnvironmentOptions.profiler.environment`.

import { baseEnvironmentName } from './collect/base-environment.js'
import { profiledEnvironment } from './collect/environment-class.js'

export default profiledEnvironment(({ projectConfig }) => baseEnvironmentName(projectConfig))
