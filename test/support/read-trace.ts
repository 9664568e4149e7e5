// Reads a trace by the rules of the trace event format alone, and throws on violations.
// https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU

import { Ajv } from 'ajv'

interface ReadEvent {
  name: string
  ph: string
  cat?: string
  ts: number
  dur?: number
  id?: string
  pid: number
  tid: number
  args: Record<string, unknown>
}

/** A slice with the slices inside it. */
interface ReadSlice {
  name: string
  category: string
  start: number
  end: number
  args: Record<string, unknown>
  depth: number
}

export interface ReadTrace {
  events: ReadEvent[]
  otherData: Record<string, unknown>
  /** Slices by thread, in chronological order, parents first. */
  slices: Map<number, ReadSlice[]>
  samples: Map<number, { stack: string; time: number }[]>
}

interface ProfileNode {
  id: number
  parent?: number
  callFrame: { functionName: string }
}

const MOMENT = { type: 'integer', minimum: 0 }
const NAME = { type: 'string', minLength: 1 }
const ID = { type: 'string', pattern: '^0x[0-9a-f]+$' }
const COMMON = { name: NAME, ts: MOMENT, pid: MOMENT, tid: MOMENT, args: { type: 'object' } }

/** Schemas of duration, asynchronous, counter and metadata events, and of V8's samples, with the fields that each phase requires. */
const EVENTS = {
  X: eventSchema('X', { cat: NAME, dur: MOMENT }),
  b: eventSchema('b', { cat: NAME, id: ID }),
  e: eventSchema('e', { cat: NAME, id: ID }),
  C: eventSchema('C', {}, { additionalProperties: { type: 'number' }, minProperties: 1 }),
  M: eventSchema(
    'M',
    { name: { enum: ['process_name', 'thread_name', 'thread_sort_index'] } },
    { properties: { name: { type: 'string' }, sort_index: { type: 'integer' } }, minProperties: 1 },
  ),
  P: eventSchema(
    'P',
    { name: { enum: ['Profile', 'ProfileChunk'] }, cat: NAME, id: ID },
    { required: ['data'] },
  ),
}

const validate = new Ajv({ strict: false }).compile({
  type: 'object',
  required: ['traceEvents'],
  properties: {
    displayTimeUnit: { enum: ['ms', 'ns'] },
    otherData: { type: 'object' },
    traceEvents: {
      type: 'array',
      items: {
        type: 'object',
        required: ['ph'],
        discriminator: { propertyName: 'ph' },
        oneOf: Object.values(EVENTS),
      },
    },
  },
})

function eventSchema(ph: string, own: Record<string, object>, args: object = {}) {
  const properties = { ...COMMON, ...own, ph: { const: ph }, args: { type: 'object', ...args } }
  return { properties, required: Object.keys(properties), additionalProperties: false }
}

export function readTrace(text: string): ReadTrace {
  const trace = JSON.parse(text) as { traceEvents: ReadEvent[]; otherData: Record<string, unknown> }
  if (!validate(trace)) throw new Error(JSON.stringify(validate.errors?.slice(0, 3)))
  const { traceEvents: events, otherData } = trace
  checkPairs(events)
  const threads = [...new Set(events.filter(({ ph }) => ph !== 'C').map(({ tid }) => tid))]
  const byThread = <T>(read: (events: ReadEvent[]) => T) =>
    new Map(threads.map(tid => [tid, read(events.filter(event => event.tid === tid))]))
  return { events, otherData, slices: byThread(readSlices), samples: byThread(readSamples) }
}

/** Checks that every asynchronous event ends once, after its start. */
function checkPairs(events: readonly ReadEvent[]): void {
  const open = new Map<string, ReadEvent>()
  for (const event of events.filter(({ ph }) => ph === 'b' || ph === 'e')) {
    const key = `${event.cat} ${event.id}`
    const begin = open.get(key)
    if (event.ph === 'b') {
      if (begin !== undefined) throw new Error(`${key} begins twice`)
      open.set(key, event)
    } else {
      if (begin === undefined || begin.name !== event.name || begin.ts > event.ts)
        throw new Error(`${key} ends before it begins`)
      open.delete(key)
    }
  }
  if (open.size > 0) throw new Error(`${[...open.keys()]} never end`)
}

function readSlices(events: readonly ReadEvent[]): ReadSlice[] {
  const open: number[] = []
  return events
    .filter(({ ph }) => ph === 'X')
    .toSorted((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0))
    .map(({ name, cat = '', ts, dur = 0, args }) => {
      while (open.length > 0 && (open.at(-1) ?? 0) <= ts) open.pop()
      const end = ts + dur
      if (end > (open.at(-1) ?? end)) throw new Error(`${name} ends after its parent`)
      const depth = open.push(end) - 1
      return { name, category: cat, start: ts, end, args, depth }
    })
}

function readSamples(events: readonly ReadEvent[]): { stack: string; time: number }[] {
  const nodes = new Map<number, ProfileNode>()
  let time = 0
  return events
    .filter(({ ph }) => ph === 'P')
    .flatMap(({ name, args }) => {
      const data = args.data as {
        startTime: number
        cpuProfile: { nodes?: ProfileNode[]; samples: number[] }
        timeDeltas: number[]
      }
      if (name === 'Profile') {
        time = data.startTime
        return []
      }
      for (const node of data.cpuProfile.nodes ?? []) {
        if (node.parent !== undefined && !nodes.has(node.parent)) throw new Error(`${node.id} has no parent`)
        nodes.set(node.id, node)
      }
      if (data.cpuProfile.samples.length !== data.timeDeltas.length) throw new Error('samples without times')
      return data.cpuProfile.samples.map((id, row) => {
        const delta = data.timeDeltas[row] ?? -1
        if (delta < 0) throw new Error('time runs backwards')
        time += delta
        return { stack: namesOf(id, nodes), time }
      })
    })
}

function namesOf(id: number, nodes: ReadonlyMap<number, ProfileNode>): string {
  const names: string[] = []
  let node = nodes.get(id)
  if (node === undefined) throw new Error(`a sample is of node ${id}, which is none`)
  while (node?.parent !== undefined) {
    names.unshift(node.callFrame.functionName)
    node = nodes.get(node.parent)
  }
  return names.join(' > ')
}
