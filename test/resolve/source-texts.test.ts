import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { sourceTexts } from '../../src/resolve/source-texts.js'
import { temporaryFolder } from '../support/temporary-folder.js'

test('sourceTexts reads each file once, and returns undefined for a missing file', () => {
  const path = join(temporaryFolder(), 'a.js')
  writeFileSync(path, 'text')
  const read = sourceTexts()
  expect(read(path)).toBe('text')
  rmSync(path)
  expect(read(path)).toBe('text')
  expect(sourceTexts()(path)).toBeUndefined()
})
