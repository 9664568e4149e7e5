// What a Jest preset says of the options that we set: ours would hide the preset's.
// https://github.com/jestjs/jest/blob/v30.0.0/packages/jest-config/src/normalize.ts (setupPreset)

import { createRequire } from 'node:module'
import { isAbsolute, join } from 'node:path'
import type { Config } from 'jest'

type PresetOptions = Pick<
  Config,
  'testEnvironment' | 'testEnvironmentOptions' | 'watchPathIgnorePatterns' | 'transformIgnorePatterns'
>

const EXTENSIONS = ['', '.json', '.js', '.cjs', '.mjs']

/** Empty without a preset, and with one that cannot be found: that is Jest's to say. */
export function presetOptions({ preset }: Pick<Config, 'preset'>, rootDir: string): PresetOptions {
  if (preset === undefined || preset === null) return {}
  const path = preset.replace('<rootDir>', rootDir)
  const specifier = path.startsWith('.') || isAbsolute(path) ? path : `${path}/jest-preset`
  const require = createRequire(join(rootDir, 'package.json'))
  for (const extension of EXTENSIONS) {
    const resolved = tryResolve(require, specifier + extension)
    if (resolved === undefined) continue
    const loaded: PresetOptions & { default?: PresetOptions } = require(resolved)
    return loaded.default ?? loaded
  }
  return {}
}

function tryResolve(require: NodeJS.Require, specifier: string): string | undefined {
  try {
    return require.resolve(specifier)
  } catch {
    return undefined
  }
}
