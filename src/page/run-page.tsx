// The page of a run.

import type { PageProfile, PageReport } from '../formats/html/page-data.js'
import { App } from './app.js'
import { RunData } from './data/run-data.js'
import { page } from './start-page.js'

export const runPage = page<PageReport, PageProfile>({
  blocks: ['report', 'profile'],
  show: (report, profile) => <App data={new RunData(report, profile)} />,
  elsewhere: 'report.md and report.json have the same data.',
})
