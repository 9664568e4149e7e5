// What is told of Jest's module runtime and of its script transformer, call by call. This folder says what happens; whoever
// implements the observer takes the times. Paths are absolute. What begins ends, also when the call throws.

export interface RuntimeObserver {
  /** The observer's own clock. What it returns is handed back as `start` when that call ends. */
  now(): number

  readonly entries: EntryObserver
  readonly requests: RequestObserver
  readonly modules: ModuleObserver

  /** Jest has loaded a module into the sandbox for itself. */
  internalLoaded(path: string): void

  requestNotFound(request: ModuleRequest, error: unknown): void
  notResolved(request: ModuleRequest, error: unknown): void
  loadFails(load: number, failed: { path: string; importer: string | null }, error: unknown): void

  /** The code of a file is asked for, which may be in memory. Returns what to call when it is there, or cannot be had. */
  transformBegins(path: string, kind: 'CommonJS' | 'ES module'): () => void
  compiled(path: string, start: number): void

  /** What transforms the modules of this file: Jest's own ScriptTransformer. */
  transformsWith(scriptTransformer: object): void
  /** A file is transformed that is not in memory. Returns what to call when that has ended; only then the call is described. */
  transformerBegins(): (describe: () => TransformerCall) => void
  /** The cache has no result for a file of a transformer that computes its own cache keys. */
  cacheMissed(miss: CacheMiss): void

  /** Jest is laid out in another way than in the versions that are known: nothing of these calls is told. */
  unobserved(what: UnobservedCalls): void
}

/** Jest itself asks for a module: a set-up file or the test file. */
export interface EntryObserver {
  entryBegins(path: string): void
  entryEnds(path: string): void
}

/** A module asks for another one, which is loaded, taken from the registry or mocked. Requests nest. */
export interface RequestObserver {
  begins(from: string): void
  ends(): void
  /** The innermost request gets a mock: from now on that one's own code may run. */
  mockFound(): void
  /** Jest makes a mock of a module: it loads that module and looks at all that it exports. Mockings nest. */
  mockingBegins(): void
  mockingEnds(from: string): void
}

export interface ModuleObserver {
  /** A CommonJS module is executed; `importer` is null where Jest itself asks for it. Returns what to end the load with. */
  begin(path: string, importer: string | null): number
  end(load: number): void
  /** A CommonJS module is about to load `to`, or to take it from the registry. */
  resolved(from: string, to: string, start: number): void
  /** An ES module imports `to`, before either of them runs. */
  linked(from: string, to: string): void
  /** Jest tries to load a graph of ES modules in one go. `givenUp`: nothing of it has run, and Jest starts over. */
  graphBegins(): void
  graphEnds(outcome: { givenUp: boolean }): void
}

/** `transforms`: neither calls of transformers nor cache keys. */
export type UnobservedCalls = 'modules' | 'transforms' | 'cache keys'

export interface ModuleRequest {
  readonly from: string
  /** As the module wrote it. */
  readonly to: string
  readonly start: number
}

/** What Jest did to transform one file. */
export interface TransformerCall {
  readonly path: string
  /** Characters of the file. */
  readonly size: number
  /** Absolute path of the transformer's module; null: the file was taken as it is. */
  readonly transformer: string | null
  /** Whether Jest's cache on disk had no result, so that the transformer did its work. */
  readonly missed: boolean
  /** Whether that cache was on. */
  readonly isCached: boolean
  /** The same object for all calls of one project in this process; undefined where Jest has none. */
  readonly project: object | undefined
}

export interface CacheMiss {
  /** Absolute path of the transformer's module. */
  readonly transformer: string
  readonly path: string
  /** The key, as the transformer computed it. */
  readonly key: string
  /** All that the key may depend on: the file's text, Jest's config and the options of the transform. */
  input(): string
  /** Runs the transformer's `getCacheKey` again. Undefined: Jest would wait for it, or it threw. */
  askAgain(): string | undefined
}

// Module state: Jest's classes, which are wrapped once, live as long as the process, a recording as long as a test file.
export let observer: RuntimeObserver | undefined

/** Undefined: from now on nobody is told. */
export function setObserver(next: RuntimeObserver | undefined): void {
  observer = next
}
