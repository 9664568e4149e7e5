// The README's tables are checked against what they speak of.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { ARTIFACT_NAMES } from '../src/formats/artifact-names.js'
import { describeOptions } from '../src/options/options.js'
import { ROOT } from './e2e/support/cache.js'

const README = readFileSync(join(ROOT, 'README.md'), 'utf8')

test('the table of options has every option, and no other', () => {
  const table = README.slice(README.indexOf('### Options'), README.indexOf('## How to read it'))
  const firstCells = [...table.matchAll(/^\| (`.*?`) +\|/gm)].flatMap(
    ([, cell = '']) => cell.match(/\w+/g) ?? [],
  )
  expect(firstCells.toSorted()).toEqual(
    describeOptions()
      .map(({ name }) => name)
      .toSorted(),
  )
})

test('every artifact is named', () => {
  for (const name of ARTIFACT_NAMES) expect(README).toContain(`\`'${name}'\``)
})
