// `--budgets testWallMs=500` or, for all that JSON can say, `--budgets '{"testWallMs": 500, "files": "src/**"}'`.

import { UserError } from '../errors/user-error.js'

/** Not validated yet. Throws a UserError for what is neither form. */
export function readBudgets(text: string): unknown[] {
  if (/^\s*[[{]/.test(text)) return [parseJson(text)].flat()
  return [
    Object.fromEntries(
      text
        .trim()
        .split(/\s+/)
        .map(pair => readPair(pair, text)),
    ),
  ]
}

function readPair(pair: string, text: string): [key: string, value: string | number] {
  const [, key, value] = /^(\w+)=(.+)$/.exec(pair) ?? []
  if (key === undefined || value === undefined) throw createFormatError(text)
  return [key, /Ms$/.test(key) && value.trim() !== '' ? Number(value) : value]
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw createFormatError(text, { cause: error })
  }
}

function createFormatError(text: string, options?: ErrorOptions): UserError {
  return new UserError(
    `jest-profiler: --budgets must be limits such as testWallMs=500, or JSON, got ${JSON.stringify(text)}. ` +
      'Write --budgets "testWallMs=500 files=src/**/*.test.ts".',
    options,
  )
}
