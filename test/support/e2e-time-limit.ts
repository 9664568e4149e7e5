// An end-to-end test fails after 300 seconds, because it may install packages and run Jest several times on a busy machine.

import { jest } from '@jest/globals'

jest.setTimeout(300_000)
