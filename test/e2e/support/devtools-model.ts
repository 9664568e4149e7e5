// The profile model of Chrome DevTools, in Chromium: the code behind its Performance panel, from the package that
// publishes it.

import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { buildSync } from 'esbuild'
import type { Page } from 'playwright-core'

interface ModelledFunction {
  name: string
  /** Names from the outermost to the innermost, without the root. */
  path: string
  /** Time in milliseconds. */
  self: number
  total: number
}

interface ModelledProfile {
  /** Time in microseconds. */
  start: number
  end: number
  functions: ModelledFunction[]
  /** Names of the calls in the flame chart, in chronological order. */
  calls: { name: string; depth: number; start: number; duration: number }[]
}

/** The model of a `.cpuprofile` in DevTools. */
export async function readInDevTools(page: Page, text: string): Promise<ModelledProfile> {
  await page.goto('about:blank')
  await page.addScriptTag({ content: bundledModel() })
  return page.evaluate(profileText => {
    const { read } = globalThis as unknown as { read: (text: string) => ModelledProfile }
    return read(profileText)
  }, text)
}

function bundledModel(): string {
  const engine = dirname(createRequire(import.meta.url).resolve('@paulirish/trace_engine'))
  const model = join(engine, '../cpu_profile/CPUProfileDataModel.js')
  const built = buildSync({
    stdin: { contents: program(model), resolveDir: engine },
    bundle: true,
    write: false,
    format: 'iife',
    logLevel: 'error',
  })
  return built.outputFiles[0]?.text ?? ''
}

const program = (model: string) => `
import { CPUProfileDataModel } from ${JSON.stringify(model)}
globalThis.read = text => {
  const model = new CPUProfileDataModel(JSON.parse(text))
  const functions = []
  const visit = (node, path) => {
    const own = node === model.profileHead ? [] : [...path, node.functionName]
    if (own.length > 0) functions.push({ name: node.functionName, path: own.join(' > '), self: node.self, total: node.total })
    for (const child of node.children) visit(child, own)
  }
  visit(model.profileHead, [])
  const calls = []
  model.forEachFrame(
    () => undefined,
    (depth, node, _index, start, duration) => calls.push({ name: node.functionName, depth, start, duration }),
  )
  calls.sort((a, b) => a.start - b.start || a.depth - b.depth)
  return { start: model.profileStartTime, end: model.profileEndTime, functions, calls }
}
`
