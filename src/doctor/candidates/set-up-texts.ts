// Set-up files that trials add: CommonJS, which Jest does not transform. Paths are absolute.

import { JEST_OBJECT, replacedModule } from '../../jest/module-mocks.js'

/** In place of a module, nothing. */
export function emptyModule(path: string): string {
  return JEST_OBJECT + replacedModule(path, '() => ({})')
}

/** In place of each module, another one. */
export function otherModules(paths: ReadonlyMap<string, string>): string {
  return (
    JEST_OBJECT +
    [...paths]
      .map(([path, other]) =>
        replacedModule(path, `() => jestObject.requireActual(${JSON.stringify(other)})`),
      )
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
  return `${JEST_OBJECT}
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
${replacedModule(path, 'barrel')}`
}

/** Time passes as soon as nothing else is left to do: waits for timers take no time. */
export const TIMERS_WITHOUT_WAITING = `${JEST_OBJECT}
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
