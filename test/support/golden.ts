// Compares with a file in test/golden. UPDATE_GOLDEN=1 writes the file again; review it before committing it.

import { readFileSync, writeFileSync } from 'node:fs'
import { expect } from '@jest/globals'

export function expectGolden(name: string, text: string): void {
  const path = new URL(`../golden/${name}`, import.meta.url)
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(path, text)
  expect(text).toBe(readFileSync(path, 'utf8'))
}
