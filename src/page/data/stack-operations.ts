// What a reader does to stacks in a flame graph: shows only those with a function, drops those with one, or makes a package
// part of its callers. The operations are in the link, in the order in which they were chosen.

import type { CodeData, FrameInfo } from './run-data.js'

export interface StackOperation {
  readonly kind: 'focus' | 'ignore' | 'merge'
  /** Functions by name and place, or a package. `at` is `file:line:column`; undefined for a package. */
  readonly name: string
  readonly at?: string | undefined
}

export const OPERATION_TITLES: Readonly<Record<StackOperation['kind'], string>> = {
  focus: 'Only stacks with',
  ignore: 'Without stacks with',
  merge: 'Merged into callers:',
}

/** For the link; null without any. */
export function operationsText(operations: readonly StackOperation[]): string | null {
  if (operations.length === 0) return null
  return JSON.stringify(
    operations.map(({ kind, name, at }) => (at === undefined ? [kind, name] : [kind, name, at])),
  )
}

/** The link may come from anywhere: what is no operation is left out. */
export function parseOperations(text: string | null): StackOperation[] {
  if (text === null) return []
  try {
    const parsed: unknown = JSON.parse(text)
    return Array.isArray(parsed) ? parsed.flatMap(operationOf) : []
  } catch {
    return []
  }
}

function operationOf(entry: unknown): StackOperation[] {
  if (!Array.isArray(entry)) return []
  const [kind, name, at] = entry as unknown[]
  if (typeof name !== 'string' || (at !== undefined && typeof at !== 'string')) return []
  return kind === 'focus' || kind === 'ignore' || kind === 'merge' ? [{ kind, name, at }] : []
}

export function placeOf({ file, line, column }: Pick<FrameInfo, 'file' | 'line' | 'column'>): string {
  return `${file}:${line}:${column}`
}

interface Operated {
  readonly operations?: readonly StackOperation[] | undefined
}

/** By stack: 1 if it is to be shown. */
export function shownStacks(code: CodeData, { operations = [] }: Operated): Uint8Array {
  const { frameOf, callerOf } = code
  const shown = new Uint8Array(frameOf.length).fill(1)
  for (const operation of operations) {
    if (operation.kind === 'merge') continue
    const isMeant = framesOf(code, operation)
    // Callers come before callees.
    const has = new Uint8Array(frameOf.length)
    frameOf.forEach((frame, stack) => {
      has[stack] = isMeant[frame] === 1 ? 1 : (has[callerOf[stack] ?? -1] ?? 0)
      if ((has[stack] === 1) === (operation.kind === 'ignore')) shown[stack] = 0
    })
  }
  return shown
}

/** Whether a frame is part of its caller. */
export function mergedFrames(code: CodeData, { operations = [] }: Operated): (frame: number) => boolean {
  const merging = operations
    .filter(({ kind }) => kind === 'merge')
    .map(operation => framesOf(code, operation))
  return frame => merging.some(isMeant => isMeant[frame] === 1)
}

/** By frame: 1 if the operation is about it. */
function framesOf({ frames }: CodeData, { name, at }: StackOperation): Uint8Array {
  return Uint8Array.from(frames, info =>
    (at === undefined ? info.package === name : info.name === name && placeOf(info) === at) ? 1 : 0,
  )
}
