// The engine of Chrome's performance panel, in a separate process, because it needs globals of a browser.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { runOrThrow } from './commands.js'

interface PanelThread {
  name: string
  /** What the panel draws on the track: slices, and calls by function name, outermost first. */
  entries: { name: string; isCall: boolean; start: number; duration: number; depth: number }[]
}

export interface TracePanel {
  read(trace: string): Promise<PanelThread[]>
}

const PROGRAM = `
globalThis.DOMRect = class { static fromRect() { return new DOMRect() } }
const [engine, path] = process.argv.slice(-2)
const { TraceModel } = await import(engine)
const { readFileSync } = await import('node:fs')
const model = TraceModel.Model.createWithAllHandlers()
await model.parse(JSON.parse(readFileSync(path, 'utf8')).traceEvents)
const { Renderer } = model.parsedTrace().data
const flat = (node, depth) => {
  const { name, ts, dur, callFrame } = node.entry
  const own = { name: callFrame?.functionName ?? name, isCall: callFrame !== undefined, start: ts, duration: dur, depth }
  return [own, ...node.children.flatMap(child => flat(child, depth + 1))]
}
const threads = [...Renderer.processes.values()].flatMap(({ threads }) => [...threads.values()])
const drawn = threads.map(({ name, tree }) => ({ name, entries: [...tree.roots].flatMap(root => flat(root, 0)) }))
process.stdout.write(JSON.stringify(drawn))
`

export async function tracePanel(): Promise<TracePanel> {
  const engine = createRequire(import.meta.url).resolve('@paulirish/trace_engine')
  const read = async (trace: string): Promise<PanelThread[]> => {
    const folder = mkdtempSync(join(tmpdir(), 'jest-profiler-trace-'))
    try {
      const path = join(folder, 'trace.json')
      writeFileSync(path, trace)
      const args = ['--input-type=module', '--eval', PROGRAM, pathToFileURL(engine).href, path]
      const { stdout } = await runOrThrow(process.execPath, args)
      return JSON.parse(stdout)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
  await read('{ "traceEvents": [] }')
  return { read }
}
