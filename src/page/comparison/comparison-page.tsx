// The page of a comparison.

import type { PageCalls, PageComparison } from '../../formats/html/page-data.js'
import { page } from '../start-page.js'
import { ComparisonApp } from './comparison-app.js'
import { ComparisonData } from './comparison-data.js'

export const comparisonPage = page<PageComparison, PageCalls>({
  blocks: ['comparison', 'calls'],
  show: (shown, calls) => <ComparisonApp data={new ComparisonData(shown, calls)} />,
  elsewhere: 'the command that wrote it prints the same data.',
})
