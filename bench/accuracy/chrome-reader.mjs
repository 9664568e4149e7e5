// What Chrome makes of a `.cpuprofile`, in its own process, because its engine needs a browser's globals: the bottom-up
// view of the Performance panel, and the profile model under the older view, which counts samples. Prints self times in
// milliseconds by function, each function's URL and 0-based position in its key.
// node chrome-reader.mjs <path of the profile>

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

globalThis.DOMRect = { fromRect: () => ({}) }

const engine = dirname(createRequire(import.meta.url).resolve('@paulirish/trace_engine'))
const load = path => import(pathToFileURL(join(engine, path)).href)
const { Model } = await load('ModelImpl.js')
const { SamplesIntegrator } = await load('helpers/SamplesIntegrator.js')
const { BottomUpRootNode } = await load('extras/TraceTree.js')
const { CPUProfileDataModel } = await load('../cpu_profile/CPUProfileDataModel.js')

const read = () => JSON.parse(readFileSync(process.argv[2], 'utf8'))
process.stdout.write(
  JSON.stringify({ bottomUp: [...(await bottomUp(read()))], counted: [...counted(read())] }),
)

async function bottomUp(profile) {
  const model = Model.createWithAllHandlers()
  const { traceEvents, metadata } = SamplesIntegrator.createFakeTraceFromCpuProfile(profile, 1)
  await model.parse(traceEvents, { metadata, isCPUProfile: true })
  const { Samples } = model.parsedTrace().data
  const threads = [...Samples.profilesInProcess.values()].flatMap(profiles => [...profiles.values()])
  const calls = threads.flatMap(({ profileCalls }) => profileCalls)
  const everything = { accept: () => true }
  const root = new BottomUpRootNode(calls, {
    textFilter: everything,
    filters: [everything],
    startTime: profile.startTime / 1000,
    // Chrome takes the last sample for as long as they are on average, whatever the profile's end.
    endTime: Number.POSITIVE_INFINITY,
  })
  const self = new Map()
  for (const { event, selfTime } of root.children().values()) add(self, event.callFrame, selfTime)
  return self
}

function counted(profile) {
  const { profileHead } = new CPUProfileDataModel(profile)
  const self = new Map()
  const pending = [...profileHead.children]
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    add(self, node.callFrame, node.self)
    pending.push(...node.children)
  }
  return self
}

function add(self, { functionName, url, lineNumber, columnNumber }, time) {
  const key = JSON.stringify([functionName, url, lineNumber, columnNumber])
  self.set(key, (self.get(key) ?? 0) + time)
}
