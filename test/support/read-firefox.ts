// Reads a processed profile of the Firefox Profiler by the types of its format alone, and throws on violations.
// https://github.com/firefox-devtools/profiler/blob/main/src/types/profile.ts

type Columns = { length: number } & Record<string, unknown>

interface ReadMarker {
  /** The name in the marker table. */
  name: string
  data: Record<string, unknown> & { type: string }
  start: number
  end: number
  category: string
}

interface ReadSample {
  /** Names from the outermost to the innermost frame; null when it is unknown what ran. */
  stack: string | null
  category: string | null
  time: number
  weight: number
  cpuMicros: number
}

export interface ReadThread {
  name: string
  samples: ReadSample[]
  markers: ReadMarker[]
}

interface RawThread {
  name: string
  samples: Columns & {
    stack: (number | null)[]
    time: number[]
    weight: number[]
    threadCPUDelta: number[]
    weightType: string
  }
  markers: Columns & {
    data: ReadMarker['data'][]
    name: number[]
    startTime: number[]
    endTime: number[]
    category: number[]
  }
}

interface Raw {
  meta: Record<string, unknown> & {
    categories: { name: string; color: string; subcategories: string[] }[]
    markerSchema: { name: string; fields: { key: string }[] }[]
  }
  shared: {
    stackTable: Columns & { frame: number[]; prefix: (number | null)[] }
    frameTable: Columns & { func: number[]; category: number[] }
    funcTable: Columns & { name: number[]; resource: number[]; source: (number | null)[] }
    resourceTable: Columns & { name: number[] }
    sources: Columns & { filename: number[] }
    nativeSymbols: Columns
    stringArray: string[]
  }
  threads: RawThread[]
}

export function readFirefox(text: string): {
  meta: Raw['meta']
  shared: Raw['shared']
  threads: ReadThread[]
} {
  const profile = JSON.parse(text) as Raw
  const { meta, shared, threads } = profile
  checkTables(profile)
  return { meta, shared, threads: threads.map(thread => readThread(thread, profile)) }
}

function checkTables({ meta, shared }: Raw): void {
  const { stringArray, ...tables } = shared
  for (const [name, table] of Object.entries(tables)) checkColumns(name, table)
  const { stackTable, frameTable, funcTable, resourceTable, sources } = tables
  checkIndexes('stackTable.frame', stackTable.frame, frameTable.length)
  checkIndexes('frameTable.func', frameTable.func, funcTable.length)
  checkIndexes('frameTable.category', frameTable.category, meta.categories.length)
  checkIndexes('funcTable.name', funcTable.name, stringArray.length)
  checkIndexes('funcTable.resource', funcTable.resource, resourceTable.length, -1)
  checkIndexes('funcTable.source', funcTable.source, sources.length)
  checkIndexes('resourceTable.name', resourceTable.name, stringArray.length)
  checkIndexes('sources.filename', sources.filename, stringArray.length)
  stackTable.prefix.forEach((prefix, stack) => {
    if (prefix !== null && !(prefix >= 0 && prefix < stack))
      throw new Error(`stack ${stack} is below ${prefix}`)
  })
  if (new Set(stringArray).size !== stringArray.length) throw new Error('a string is there twice')
  if (!meta.categories.some(({ color }) => color === 'grey')) throw new Error('no category is grey')
}

function readThread({ name, samples, markers }: RawThread, profile: Raw): ReadThread {
  const { meta, shared } = profile
  checkColumns('samples', samples)
  checkColumns('markers', markers)
  checkIndexes('samples.stack', samples.stack, shared.stackTable.length)
  checkIndexes('markers.name', markers.name, shared.stringArray.length)
  checkIndexes('markers.category', markers.category, meta.categories.length)
  if (samples.weightType !== 'tracing-ms') throw new Error(`weights are ${samples.weightType}`)
  return {
    name,
    samples: samples.stack.map((stack, row) => ({
      ...readStack(stack, profile),
      time: samples.time[row] ?? Number.NaN,
      weight: samples.weight[row] ?? Number.NaN,
      cpuMicros: samples.threadCPUDelta[row] ?? Number.NaN,
    })),
    markers: markers.data.map((data, row) => {
      const schema = meta.markerSchema.find(known => known.name === data.type)
      if (schema === undefined) throw new Error(`no schema tells of ${data.type}`)
      const known = new Set(['type', 'cause', ...schema.fields.map(({ key }) => key)])
      const strange = Object.keys(data).filter(key => !known.has(key))
      if (strange.length > 0) throw new Error(`the schema of ${data.type} has no ${strange}`)
      return {
        name: shared.stringArray[markers.name[row] ?? -1] ?? '',
        data,
        start: markers.startTime[row] ?? Number.NaN,
        end: markers.endTime[row] ?? Number.NaN,
        category: meta.categories[markers.category[row] ?? -1]?.name ?? '',
      }
    }),
  }
}

function readStack(leaf: number | null, { meta, shared }: Raw): Pick<ReadSample, 'stack' | 'category'> {
  if (leaf === null) return { stack: null, category: null }
  const { stackTable, frameTable, funcTable, stringArray } = shared
  const frameOf = (stack: number) => stackTable.frame[stack] ?? -1
  const names: string[] = []
  for (let stack: number | null = leaf; stack !== null; stack = stackTable.prefix[stack] ?? null)
    names.unshift(stringArray[funcTable.name[frameTable.func[frameOf(stack)] ?? -1] ?? -1] ?? '')
  const category = meta.categories[frameTable.category[frameOf(leaf)] ?? -1]?.name ?? null
  return { stack: names.join(' > '), category }
}

function checkColumns(name: string, table: Columns): void {
  for (const [column, values] of Object.entries(table)) {
    if (Array.isArray(values) && values.length !== table.length)
      throw new Error(`${name}.${column} has ${values.length} rows and not ${table.length}`)
  }
}

function checkIndexes(name: string, column: readonly (number | null)[], length: number, least = 0): void {
  const wrong = column.find(
    index => index !== null && !(Number.isInteger(index) && index >= least && index < length),
  )
  if (wrong !== undefined) throw new Error(`${name} has ${wrong}, of ${length} rows`)
}
