// A unit test that hangs fails after 20 seconds.

import { jest } from '@jest/globals'

jest.setTimeout(20_000)
