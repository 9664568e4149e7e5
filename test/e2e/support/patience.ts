// Whole runs of Jest, and on a fresh machine the installation of what they need, take their time.

import { jest } from '@jest/globals'

jest.setTimeout(300_000)
