// An end-to-end test may install packages and run Jest several times, on a busy machine: only after 300 seconds does it hang.

import { jest } from '@jest/globals'

jest.setTimeout(300_000)
