import { gunzipSync } from 'node:zlib'
import { expect, test } from '@jest/globals'
import { TABLES } from '../../../src/compare/comparison.js'
import { comparedCell } from '../../../src/formats/comparison/comparison-tables.js'
import { nameOf, sidesText, verdictSentence } from '../../../src/formats/comparison/wording.js'
import { toComparisonHtml } from '../../../src/formats/html/comparison-html.js'
import { textStyle } from '../../../src/formats/wording.js'
import { ComparisonData } from '../../../src/page/comparison/comparison-data.js'
import { cellText } from '../../../src/tables/cell-text.js'
import { drawnComparison } from '../../support/drawn-comparison.js'
import { hostileComparison, ordinaryComparison } from '../comparison/comparisons.js'

const ASSETS = { script: 'start()', style: 'a{}' }
const { calls } = drawnComparison({ base: { text: 't0\nA' }, head: { text: 't0\nA' } })

function comparisonOf(html: string) {
  const [, text = ''] = /id="comparison">([^<]*)</.exec(html) ?? []
  return JSON.parse(gunzipSync(Buffer.from(text, 'base64')).toString())
}

test('The comparison page has the same verdict and names as the text formats', () => {
  const html = toComparisonHtml(ordinaryComparison({ runs: 10 }), { calls, assets: ASSETS, title: 'shop' })
  const { tables, page } = new ComparisonData(comparisonOf(html))
  const verdict = verdictSentence({ tables, method: page.comparison.method })
  expect(verdict).toContain('Most of it: priceOf src/price.ts:12:8 +210 ms, +98 % (proven).')
  expect([sidesText(page.comparison), page.cuts]).toEqual(['base 10 runs · head 10 runs', []])
  const [row] = tables.tests
  expect(row).toMatchObject({ verdict: 'slower' })
  expect(
    row && cellText(comparedCell(row), textStyle({ longestName: 100, mostItems: 1, toShown: path => path })),
  ).toBe('cart › adds up test/shop/cart.test.ts:5:3 moved from test/cart.test.ts')
})

test('The comparison page reads the rows as packed, and rows of one entity share it', () => {
  const comparison = ordinaryComparison({ runs: 10 })
  const data = new ComparisonData(
    comparisonOf(toComparisonHtml(comparison, { calls, assets: ASSETS, title: 'shop' })),
  )
  for (const table of TABLES) expect(data.tables[table]).toMatchObject(comparison.tables[table])
  const [cpu, wall] = data.tables.tests.filter(row => nameOf(row) === 'cart › adds up')
  expect([cpu?.measure, wall?.measure]).toEqual(['cpu', 'wall'])
  expect(cpu?.entity).toBe(wall?.entity)
})

test('The comparison page keeps the rows with the largest changes of long tables and reports the omitted rows', () => {
  const comparison = ordinaryComparison({ runs: 4 })
  const [row] = comparison.tables.tests
  if (row === undefined) throw new Error('no test was compared')
  const tests = Array.from({ length: 3002 }, () => row)
  const long = { ...comparison, tables: { ...comparison.tables, tests } }
  const page = comparisonOf(toComparisonHtml(long, { calls, assets: ASSETS, title: 'shop' }))
  expect(page.comparison.tables.tests.rows).toHaveLength(3000)
  expect(page.cuts).toEqual(['Tests: 2 rows with the smallest changes omitted; --json has all.'])
})

test('The comparison page escapes names', () => {
  const html = toComparisonHtml(hostileComparison(), { calls, assets: ASSETS, title: '<b>"&' })
  expect(html).toContain('<title>Test profile comparison of &#60;b&#62;&#34;&#38;</title>')
  expect(html).not.toContain('<b>')
})
