// Set-up files that trials add: CommonJS, which Jest does not transform. Paths are absolute. `jest.mock` replaces a module for the
// whole test file: https://jestjs.io/docs/jest-object#jestmockmodulename-factory-options

/** Uses of `jest` work with `injectGlobals: false`, too. */
const JEST = "const jestObject = typeof jest === 'undefined' ? require('@jest/globals').jest : jest\n"

function replaced(path: string, factory: string): string {
  const module = JSON.stringify(path)
  return (
    `jestObject.mock(${module}, ${factory})\n` +
    // For imports of ES modules.
    `if (typeof jestObject.unstable_mockModule === 'function') jestObject.unstable_mockModule(${module}, ${factory})\n`
  )
}

/** In place of a module, nothing. */
export function emptyModule(path: string): string {
  return JEST + replaced(path, '() => ({})')
}

/** In place of each module, another one. */
export function otherModules(paths: ReadonlyMap<string, string>): string {
  return (
    JEST +
    [...paths]
      .map(([path, other]) => replaced(path, `() => jestObject.requireActual(${JSON.stringify(other)})`))
      .join('')
  )
}

export interface LazyBarrel {
  readonly path: string
  /** The module that has each export, and its name there; `*`: the module itself. */
  readonly names: ReadonlyMap<string, { readonly module: string; readonly name: string }>
  /** Modules of which all exports are exported. */
  readonly stars: readonly string[]
}

/** In place of a barrel, an object that loads the module of an export when it is asked for it. */
export function lazyBarrel({ path, names, stars }: LazyBarrel): string {
  return `${JEST}
const names = new Map(${JSON.stringify([...names])})
const stars = ${JSON.stringify(stars)}
const load = name => {
  const known = names.get(name)
  if (known !== undefined) {
    const loaded = require(known.module)
    return known.name === '*' ? loaded : loaded[known.name]
  }
  for (const star of stars) {
    const loaded = require(star)
    if (name in loaded) return loaded[name]
  }
  return undefined
}
const barrel = () => {
  const exported = Object.defineProperty({}, '__esModule', { value: true })
  for (const name of names.keys()) Object.defineProperty(exported, name, { enumerable: true, configurable: true, get: () => load(name) })
  return new Proxy(exported, {
    get: (target, name) => (name in target || typeof name === 'symbol' ? target[name] : load(name)),
    has: (target, name) => name in target || (typeof name === 'string' && load(name) !== undefined),
  })
}
${replaced(path, 'barrel')}`
}

/** Time passes as soon as nothing else is left to do: waits for timers take no time. */
export const TIMERS_WITHOUT_WAITING = `${JEST}
const realTimeout = setTimeout
let round = 0
const turn = async current => {
  if (current !== round) return
  if (jestObject.getTimerCount() > 0) await jestObject.advanceTimersToNextTimerAsync()
  realTimeout(turn, 0, current)
}
beforeEach(() => {
  jestObject.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'clearImmediate', 'queueMicrotask'] })
  realTimeout(turn, 0, ++round)
})
afterEach(() => {
  round++
  jestObject.useRealTimers()
})
`

/** As `--silent`, which is an option of the whole command in Jest 29. */
export const SILENT_CONSOLE =
  "for (const method of ['log', 'info', 'debug', 'warn', 'error', 'dir', 'table', 'trace', 'group', 'groupEnd', 'assert', 'count', 'timeEnd']) console[method] = () => {}\n"
