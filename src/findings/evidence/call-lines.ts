// The lines of a function that make a call, by its parsed source: V8 does not tell from which line a call was made.

import { createRequire, isBuiltin } from 'node:module'
import { MATCHER_MESSAGE, UNNAMED_MATCHER } from '../../jest/called-frames.js'
import { RESUMED } from '../../profile/frame.js'
import type { CallRow } from '../../report/code-reports.js'
import { calleeKey } from '../../report/views/called-code.js'
import { awaitedCalls } from './awaited-calls.js'
import { callsWithin, MODULE_BODY, type ModuleReader, readsWithin } from './call-sites.js'
import { withJoinedMatchers } from './joined-matchers.js'

/** The source is read for so many called functions, for the most expensive call of each: parsing takes longer than all else. */
const MOST_READ = 4

/** The same calls, the most expensive ones with the names and lines of their callers' source. */
export function withCallLines(calls: readonly CallRow[], bodyOf: ModuleReader): CallRow[] {
  const firstOf = new Map(
    calls
      .filter(call => !isImport(call))
      .toReversed()
      .map(call => [calleeKey(call), call]),
  )
  const read = new Set([...firstOf.values()].toSorted((a, b) => b.totalMs - a.totalMs).slice(0, MOST_READ))
  const withLines = calls.map(call => {
    if (!read.has(call)) return call
    const made = callsMadeBy(call, bodyOf)
    const places =
      call.kind === 'stack' ? readsWithin(call.caller, 'stack', bodyOf) : made.map(({ line }) => line)
    const lines = [...new Set(places)].toSorted((a, b) => a - b)
    const writtenAs = [...new Set(made.map(({ name }) => name))].toSorted()
    return { ...call, caller: { ...call.caller, lines }, callee: { ...call.callee, writtenAs } }
  })
  return withJoinedMatchers(withLines)
}

function callsMadeBy(call: CallRow, bodyOf: ModuleReader): readonly { name: string; line: number }[] {
  const { caller, callee } = call
  if (callee.function !== RESUMED) {
    const written = callsWithin(caller, bodyOf).filter(({ name }) => isWritten(name, call))
    const ofSameName = written.filter(({ name }) => name === lastWord(callee.function))
    // Another function of the module, as in `createHash('sha256').update(data)`, has a row of its own.
    return ofSameName.length > 0 && call.kind === 'node' ? ofSameName : written
  }
  const awaited = awaitedCalls(bodyOf(caller.file) ?? [], caller.line, callee.package ?? '')
  // Several calls are not told apart.
  return new Set(awaited.map(({ name }) => name)).size === 1 ? awaited : []
}

const UNNAMED = new Set([UNNAMED_MATCHER, MATCHER_MESSAGE])

/** The imports of a module: its source tells nothing new. */
function isImport({ kind, caller }: CallRow): boolean {
  return kind === 'module' && caller.function === MODULE_BODY
}

/** Words of a name that are too general to identify what was called. */
const SHORTEST = 5

/**
 * Whether a name in the source may be that of the called function: the same name, its beginning (`waitFor` calls
 * `waitForWrapper`), or the same words at its end (`getByRole` calls `queryAllByRole`).
 */
function isWritten(written: string, { kind, callee }: CallRow): boolean {
  const called = lastWord(callee.function)
  const isSame = [`jest.${written}`, `console.${written}`, written].includes(callee.function)
  if (isSame || written === called || callee.function.startsWith(`${written}.`)) return true
  if (kind === 'matcher')
    return UNNAMED.has(called) && /^to[A-Z]/.test(written) && !(written in String.prototype)
  if (kind === 'node') return isOfNode(written, callee.package) && !isOfNode(called, callee.package)
  if (kind !== 'library') return false
  if (written.length >= SHORTEST && called.startsWith(written) && /^[A-Z]/.test(called.slice(written.length)))
    return true
  const words = commonEnd(written, called)
  return words.length >= SHORTEST && /^[A-Z]/.test(words)
}

/** Whether a module of Node exports a function of that name: `gzipSync` where V8 reports `syncBufferWrapper`. */
function isOfNode(name: string, module: string | null): boolean {
  if (module === null || !isBuiltin(module)) return false
  const exported: Readonly<Record<string, unknown>> = createRequire(import.meta.url)(module)
  return typeof exported[name] === 'function'
}

function lastWord(name: string): string {
  return name.split('.').at(-1) ?? ''
}

function commonEnd(a: string, b: string): string {
  let length = 0
  while (length < a.length && length < b.length && a.at(-1 - length) === b.at(-1 - length)) length++
  return a.slice(a.length - length)
}
