// Test files that set up jsdom but never use it: jsdom has no samples elsewhere, and no loaded module mentions the DOM.

import { sum } from 'd3-array'
import type { ModuleTotal } from '../../attribution/module-totals.js'
import { at } from '../../profile/columns.js'
import { byDescending } from '../../profile/order.js'
import { isOwnCode, isUserCode } from '../../profile/own-code.js'
import { fileKey } from '../../profile/paths.js'
import { type Microseconds, type Phase, type Profile, samplesOf, TIMES } from '../../profile/profile.js'
import { relativeTo } from '../../report/relative-path.js'
import { count, duration } from '../../report/views/figures.js'
import { moduleReach } from '../evidence/reached-modules.js'
import { type Facts, type FindingDraft, listed } from '../rule.js'

export function unusedJsdom(facts: Facts): FindingDraft[] {
  const { report, record, profile } = facts
  const times = jsdomTimes(profile)
  const candidates = record.files.flatMap(({ projectId, path }) => {
    const time = times.get(fileKey({ project: projectId, file: path }))
    const isUnused = time?.hasJsdom === true && time.environment > 0 && !time.usedElsewhere
    return isUnused
      ? { key: fileKey({ project: projectId, file: path }), path, ms: time.environment / 1000 }
      : []
  })
  if (candidates.length === 0) return []
  const usesDom = domUse(facts)
  const toRelative = relativeTo(report.run.displayRoot)
  const unused = candidates
    .filter(({ path }) => usesDom(path) === false)
    .map(({ key, path, ms }) => ({ key, path: toRelative(path), ms }))
    .toSorted(byDescending('ms', ({ path }) => path))
  return unused.length === 0 ? [] : [toFound(unused)]
}

function toFound(unused: readonly { key: string; path: string; ms: number }[]): FindingDraft {
  const [costliest] = unused
  const costMs = sum(unused, ({ ms }) => ms)
  const names = listed(unused.map(({ path, ms }) => `${path} (${duration(ms)})`))
  return {
    id: 'unused-jsdom',
    confidence: 'medium',
    title:
      unused.length === 1
        ? '1 test file sets up jsdom but never uses it'
        : `${count(unused.length, 'test file')} set up jsdom but never use it`,
    evidence:
      `Building and closing jsdom took ${duration(costMs)} for ${names}. It did nothing in ` +
      'between, and no module that these files load, except DOM matchers, mentions `document`, `window` or similar names.',
    remedy:
      'Write `/** @jest-environment node */` at the top of these files, or move them to a separate project with ' +
      "`testEnvironment: 'node'`.",
    patch: '/** @jest-environment node */',
    costMs,
    savings: { files: new Map(unused.map(({ key, ms }) => [key, ms])) },
    position: costliest === undefined ? null : { file: costliest.path, line: 1, column: 1 },
  }
}

interface JsdomTime {
  /** CPU time while the environment was built and torn down: one without jsdom takes a fraction of it. */
  environment: Microseconds
  hasJsdom: boolean
  /** Whether the project or a package called it at any other time. */
  usedElsewhere: boolean
}

const OF_ENVIRONMENT: ReadonlySet<Phase> = new Set(['environment', 'teardown'])

/** By `fileKey`. */
function jsdomTimes(profile: Profile): Map<string, JsdomTime> {
  const { frames, stacks, scopes } = profile
  const samples = samplesOf(profile, TIMES.cpu)
  const isJsdom: boolean[] = []
  // Jest's own timers are those of jsdom, and a document may finish loading while Jest is already busy.
  const isUsers: boolean[] = []
  stacks.frame.forEach((frame, stack) => {
    const caller = at(stacks.caller, stack)
    const { package: name, category } = at(frames, frame)
    const isWithin = caller >= 0 && at(isJsdom, caller)
    isJsdom.push(isWithin || name === 'jsdom')
    isUsers.push((caller >= 0 && at(isUsers, caller)) || (!at(isJsdom, stack) && isUserCode({ category })))
  })
  const times = new Map<string, JsdomTime>()
  samples.stack.forEach((stack, row) => {
    const scope = at(scopes, at(samples.scope, row))
    const isEnvironment = OF_ENVIRONMENT.has(scope.phase)
    if (!at(isJsdom, stack) && !isEnvironment) return
    const key = fileKey(scope)
    const time = times.get(key) ?? { environment: 0, hasJsdom: false, usedElsewhere: false }
    times.set(key, time)
    time.hasJsdom ||= at(isJsdom, stack)
    if (isEnvironment) time.environment += at(samples.weight, row)
    else time.usedElsewhere ||= at(isUsers, stack)
  })
  return times
}

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
function domUse(facts: Facts): (testFile: string) => boolean | undefined {
  const { readSource } = facts
  const { modules } = facts.record
  const reach = moduleReach(modules)
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
    const isEntered = (module: ModuleTotal) => module.package !== MATCHERS
    for (const module of reach([start, ...everywhere], isEntered))
      if (isEntered(module) && usesDom(module)) return true
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
