// The readers of profile formats, each reduced to one question: how much self time does each function have? V8's own rows, such as
// `(idle)`, are left out, because readers treat them differently.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launchChromium } from './chromium.js'
import { readInDevTools } from './devtools-model.js'
import { firefoxProfiler } from './firefox-profiler.js'
import { goPprof } from './go-pprof.js'
import { exportedProfiles, openInSpeedscope } from './speedscope-page.js'
import { tracePanel } from './trace-panel.js'

export interface FormatReader {
  /** Returns milliseconds of self time by the displayed name. Throws when the reader refuses the content. */
  selfMs(content: string | Uint8Array, fileName: string): Promise<Record<string, number>>
  close(): Promise<void> | void
}

/** Functions that start each reader, and throw when it is not installed. */
export const READERS = {
  'Chrome DevTools': startDevTools,
  speedscope: startSpeedscope,
  'go tool pprof': startGoPprof,
  'the Firefox Profiler': startFirefoxProfiler,
  'Chrome’s performance panel': startTracePanel,
} satisfies Record<string, () => Promise<FormatReader> | FormatReader>

function sumByName(rows: Iterable<{ name: string; selfMs: number }>): Record<string, number> {
  const sums = new Map<string, number>()
  for (const { name, selfMs } of rows)
    if (selfMs > 0 && !/^\(.*\)$/.test(name)) sums.set(name, (sums.get(name) ?? 0) + selfMs)
  return Object.fromEntries([...sums].map(([name, ms]) => [name, Math.round(ms * 1000) / 1000]))
}

async function startDevTools(): Promise<FormatReader> {
  const browser = await launchChromium()
  return {
    async selfMs(content) {
      const page = await browser.newPage()
      const { functions } = await readInDevTools(page, content.toString())
      return sumByName(functions.map(({ name, self }) => ({ name, selfMs: self })))
    },
    close: () => browser.close(),
  }
}

async function startSpeedscope(): Promise<FormatReader> {
  const browser = await launchChromium()
  return {
    async selfMs(content, fileName) {
      const page = await browser.newPage()
      await openInSpeedscope(page, fileName, content.toString())
      const [run] = await exportedProfiles(page)
      return sumByName((run?.leaves ?? []).map(({ name, weight }) => ({ name, selfMs: weight / 1000 })))
    },
    close: () => browser.close(),
  }
}

function startGoPprof(): FormatReader {
  const { run, remove } = goPprof()
  const folder = mkdtempSync(join(tmpdir(), 'jest-profiler-pprof-'))
  return {
    async selfMs(content, fileName) {
      writeFileSync(join(folder, fileName), content)
      const { stdout } = run(folder, ['-top', '-unit=ms', fileName])
      const rows = stdout.matchAll(/^ *([\d.]+)(?:ms)? +[\d.]+% +[\d.]+% +[\d.]+(?:ms)? +[\d.]+% +(.*)$/gm)
      return sumByName([...rows].map(([, flat, name = '']) => ({ name, selfMs: Number(flat) })))
    },
    close() {
      remove()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

interface ThreadList {
  threads: { threadHandle: string }[]
}

interface ThreadSamples {
  topFunctionsBySelf: { name: string; selfSamples: number }[]
}

async function startFirefoxProfiler(): Promise<FormatReader> {
  const profiler = await firefoxProfiler()
  return {
    selfMs: content =>
      profiler.load(content.toString(), async query => {
        const { threads } = await query<ThreadList>('thread', 'list')
        const rows = []
        for (const { threadHandle } of threads) {
          const samples = ['thread', 'samples', '--thread', threadHandle, '--include-idle']
          const { topFunctionsBySelf } = await query<ThreadSamples>(...samples)
          rows.push(...topFunctionsBySelf.map(({ name, selfSamples }) => ({ name, selfMs: selfSamples })))
        }
        return sumByName(rows)
      }),
    close: () => undefined,
  }
}

async function startTracePanel(): Promise<FormatReader> {
  const panel = await tracePanel()
  return {
    async selfMs(content) {
      const rows = []
      for (const { entries } of await panel.read(content.toString())) {
        const calls = entries.filter(({ isCall }) => isCall)
        for (const [index, { name, start, duration, depth }] of calls.entries()) {
          const nested = calls
            .slice(index + 1)
            .filter(call => call.depth === depth + 1 && call.start < start + duration && call.start >= start)
          const self = duration - nested.reduce((sum, call) => sum + call.duration, 0)
          rows.push({ name, selfMs: self / 1000 })
        }
      }
      return sumByName(rows)
    },
    close: () => undefined,
  }
}
