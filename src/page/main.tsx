// The entry of all pages, which share most of their code: the data that a file contains says which page it is.

import { comparisonPage } from './comparison/comparison-page.js'
import { doctorPage } from './doctor/doctor-page.js'
import { runPage } from './run-page.js'
import { startPage } from './start-page.js'

startPage([runPage, comparisonPage, doctorPage])
