// Whole runs of Jest, what they need to be installed on a fresh machine, and thousands of drawn runs take their time, on
// a busy machine several times as long: a test that hangs is ended all the same.

import { jest } from '@jest/globals'

jest.setTimeout(300_000)
