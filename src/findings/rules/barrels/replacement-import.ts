// What to write instead of an import of a barrel: a real example, for the first importer.

import { directSpecifier } from './direct-specifier.js'
import type { LoadedModule } from './loaded-modules.js'
import type { ModulePaths } from './module-paths.js'
import type { ExportPlace } from './name-origins.js'
import { WHOLE } from './required.js'
import type { Importer } from './taken-from-barrel.js'
import type { Taken } from './taken-names.js'

export interface Replaced {
  readonly row: LoadedModule
  readonly importer: Importer
  readonly statement: Taken
  readonly paths: ModulePaths
}

/** An import as it would be written; undefined: there is none that can be relied on. */
export function replacementImport({ row, importer, statement, paths }: Replaced): string | undefined {
  const name = [...statement.names].find(name => importer.places.has(name)) ?? ''
  const place = importer.places.get(name)
  if (place === undefined) return undefined
  const specifier = directSpecifier({
    barrel: row,
    place,
    importer: importer.module,
    specifier: statement.specifier,
    paths,
  })
  if (specifier === undefined) return undefined
  return statement.byRequire ? required(name, place, specifier) : imported(name, place, specifier)
}

function imported(name: string, place: ExportPlace, specifier: string): string {
  if (place.name === WHOLE) return `import * as ${name} from '${specifier}'`
  const isWhole = place.name === 'default' && name !== 'default'
  if (isWhole) return `import ${name} from '${specifier}'`
  return `import { ${place.name === name ? name : `${place.name} as ${name}`} } from '${specifier}'`
}

function required(name: string, place: ExportPlace, specifier: string): string {
  if (place.name === WHOLE) return `const ${name} = require('${specifier}')`
  if (place.name === 'default') return `const ${name} = require('${specifier}').default`
  return `const { ${place.name === name ? name : `${place.name}: ${name}`} } = require('${specifier}')`
}
