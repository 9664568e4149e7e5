// Whether any module that a test file loads mentions the DOM. If in doubt, it does.

import { group } from 'd3-array'
import type { ModuleTotal } from '../../attribution/module-totals.js'
import { isOwnCode } from '../../profile/own-code.js'
import type { Phase } from '../../profile/profile.js'
import type { Facts } from '../rule.js'

/** Globals of jsdom that Node does not have, and some others: a file that mentions one is not reported. */
const DOM_NAMES = String.raw`document window navigator location history screen self alert customElements localStorage
  sessionStorage matchMedia getComputedStyle requestAnimationFrame DOMParser XMLHttpRequest XMLSerializer FileReader
  Image Range Storage Element (?:HTML|SVG)\w*Element (?:Mutation|Intersection|Resize)Observer
  (?:Keyboard|Mouse|Pointer|Focus|Input|Touch|UI)Event`
const DOM_WORDS = anyOf(DOM_NAMES)

/** The same for packages, without names such as `self` that mean something else there. One package in eight has any. */
const PACKAGES_DOM_WORDS =
  anyOf(String.raw`document window navigator customElements localStorage sessionStorage
  matchMedia getComputedStyle requestAnimationFrame DOMParser XMLHttpRequest XMLSerializer (?:HTML|SVG)\w*Element
  (?:Mutation|Intersection|Resize)Observer`)

/** If there are more modules of packages than this, none is read, and all count as uses. */
const MOST_READ = 5000

function anyOf(names: string): RegExp {
  return new RegExp(String.raw`\b(?:${names.split(/\s+/).join('|')})\b`)
}

/** Packages that use a DOM, or whose users do in tests. */
const DOM_PACKAGES: ReadonlySet<string> = new Set(
  `vue svelte solid-js preact jquery lit inferno mithril enzyme backbone d3 leaflet three styled-components
  whatwg-fetch axe-core jest-axe`.split(/\s+/),
)
const DOM_SCOPES: ReadonlySet<string> = new Set(
  '@testing-library @angular @vue @lit @emotion @stencil @storybook'.split(' '),
)
const DOM_PART = /(?:^|[-/])(?:dom|jsdom|html|svg|canvas)(?:[-/]|$)|^(?:d3|enzyme)-/

function isDomPackage(name: string): boolean {
  return DOM_PACKAGES.has(name) || DOM_SCOPES.has(name.split('/')[0] ?? '') || DOM_PART.test(name)
}

/** Not a use: set-up files load it for every test, but it needs a DOM only when one of its matchers is called. */
const MATCHERS = '@testing-library/jest-dom'

/** Takes the absolute path of a test file; undefined if it is unknown what the file loaded. */
export function domUse(facts: Facts): (testFile: string) => boolean | undefined {
  const { readSource } = facts
  const { modules } = facts.record
  const imports = modules.flatMap(module =>
    [...module.importers.keys()].map(importer => ({ importer, module })),
  )
  const importsOf = group(imports, ({ importer }) => importer)
  const known = new Map(modules.map(module => [module.path, module]))
  const everywhere = modules.filter(isSetUp)
  const isReadable = modules.filter(isOfPackage).length <= MOST_READ
  const memory = new Map<ModuleTotal, boolean>()
  const usesDom = (module: ModuleTotal): boolean => {
    const isUnread = isOfPackage(module) && !isReadable
    const uses = memory.get(module) ?? (isUnread || mentionsDom(module, readSource))
    memory.set(module, uses)
    return uses
  }
  return testFile => {
    const start = known.get(testFile)
    if (start === undefined) return undefined
    const reached = new Set([start, ...everywhere])
    for (const module of reached) {
      if (module.package === MATCHERS) continue
      if (usesDom(module)) return true
      for (const loaded of importsOf.get(module.path) ?? []) reached.add(loaded.module)
    }
    return false
  }
}

/** Snapshot serializers are loaded in `framework`. */
const SET_UP: readonly Phase[] = ['setupFiles', 'framework', 'setupFilesAfterEnv']

/** Whether Jest itself loaded the module, for an unknown project. */
function isSetUp({ category, importers, phases }: ModuleTotal): boolean {
  const isRoot = importers.size === 0 && category !== 'test'
  return isRoot || SET_UP.some(phase => phases.has(phase))
}

function isOfPackage({ category }: ModuleTotal): boolean {
  return category === 'dependency'
}

function mentionsDom(module: ModuleTotal, readSource: Facts['readSource']): boolean {
  const { path, category, package: name } = module
  if (isOfPackage(module)) {
    if (name === undefined || isDomPackage(name)) return true
  } else if (!isOwnCode({ category })) return false
  const text = readSource(path)
  return text === undefined || (isOfPackage(module) ? PACKAGES_DOM_WORDS : DOM_WORDS).test(text)
}
