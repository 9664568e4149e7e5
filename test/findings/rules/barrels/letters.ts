// A barrel of five modules, for tests of the syntax of barrels and their imports.

import type { FindingDraft } from '../../../../src/findings/rule.js'
import { barrelsOf, type DrawnRun, dear } from './loaded.js'

export const letters = ['a', 'b', 'c', 'd', 'e']

export interface DrawnBarrel {
  folder?: string
  /** The text of the barrel for each of `a` to `e`. */
  line: (letter: string) => string
  head?: string
  part?: (letter: string) => string
  importer?: string
  extension?: string
  more?: Partial<DrawnRun>
}

/** Findings for a barrel in `folder` of modules `a` to `e`, 100 ms each, that export their letter in upper case. */
export function found({ folder = 'src/lib', extension = 'ts', ...given }: DrawnBarrel): FindingDraft[] {
  const { line, head = '', part = letter => `export const ${letter.toUpperCase()} = 1`, more = {} } = given
  const barrel = `${folder}/index.${extension}`
  const parts = letters.map(letter => `${folder}/${letter}.${extension}`)
  return barrelsOf({
    asks: { 'a.test.ts': ['src/x.ts'], 'src/x.ts': [barrel], [barrel]: parts, ...more.asks },
    selfMs: { ...dear(parts), ...more.selfMs },
    sources: {
      ...Object.fromEntries(letters.map(letter => [`${folder}/${letter}.${extension}`, part(letter)])),
      [barrel]: head + letters.map(line).join('\n'),
      'src/x.ts': given.importer ?? "import { B } from './lib'\nB()",
      ...more.sources,
    },
  })
}

export const upper = (letter: string) => letter.toUpperCase()

/** The line of a barrel that re-exports a letter. */
export const exported = (letter: string) => `export { ${upper(letter)} } from './${letter}'`
