// A unit test fails when it takes more than 20 seconds.

import { jest } from '@jest/globals'

jest.setTimeout(20_000)
