// The observer of Jest's module runtime and script transformer. This folder reports calls; the observer takes the times. Paths are
// absolute. The end of a call is reported even if it throws.

export interface RuntimeObserver {
  /** The observer's clock. Its value is passed back as `start` when a call ends. */
  now(): number

  readonly entries: EntryObserver
  readonly requests: RequestObserver
  readonly modules: ModuleObserver

  /** Jest loaded a module into the sandbox for itself. */
  internalLoaded(path: string): void

  requestNotFound(request: ModuleRequest, error: unknown): void
  notResolved(request: ModuleRequest, error: unknown): void
  loadFails(load: number, failed: { path: string; importer: string | null }, error: unknown): void

  /** Jest gets the code of a file, which may be in memory. Returns a function to call at the end. */
  transformBegins(path: string, kind: 'CommonJS' | 'ES module'): () => void
  /** `code`: what Jest has to run the module with; undefined if it cannot be compiled. */
  compiled(path: string, start: number, code: unknown): void

  /** Reports Jest's ScriptTransformer for this file. */
  transformsWith(scriptTransformer: object): void
  /** A file that is not in memory is transformed. Returns a function to call at the end, with a description of the call. */
  transformerBegins(): (describe: () => TransformerCall) => void
  /** Jest's cache has no result for a file whose transformer computes cache keys. */
  cacheMissed(miss: CacheMiss): void

  /** These calls are not reported, because Jest's layout differs from the known versions. */
  unobserved(what: UnobservedCalls): void
}

/** Modules that Jest itself requires: set-up files and the test file. */
export interface EntryObserver {
  entryBegins(path: string): void
  entryEnds(path: string): void
}

/** A module requires another, which is loaded, taken from the registry or mocked. Requests nest. */
export interface RequestObserver {
  begins(from: string): void
  ends(): void
  /** The innermost request gets a mock, whose factory may run now. */
  mockFound(): void
  /** Jest makes a mock of a module: it loads the module and inspects its exports. Mockings nest. */
  mockingBegins(): void
  mockingEnds(from: string): void
}

export interface ModuleObserver {
  /** A CommonJS module is executed; `importer` is null if Jest itself requires it. Returns the load, to be passed to `end`. */
  begin(path: string, importer: string | null): number
  end(load: number): void
  /** A CommonJS module will load `to`, or take it from the registry. */
  resolved(from: string, to: string, start: number): void
  /** An ES module imports `to`, before either of them runs. */
  linked(from: string, to: string): void
  /** Jest tries to load a graph of ES modules synchronously. `givenUp`: nothing of it has run, and Jest loads it again. */
  graphBegins(): void
  graphEnds(outcome: { givenUp: boolean }): void
}

/** `transforms` stands for calls of transformers and cache keys. */
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
  /** Absolute path of the transformer's module; null: the file was not transformed. */
  readonly transformer: string | null
  /** Whether Jest's cache on disk had no result. */
  readonly missed: boolean
  readonly isCached: boolean
  /** The same object for all calls of one project in this process; undefined if Jest has none. */
  readonly project: object | undefined
}

export interface CacheMiss {
  /** Absolute path of the transformer's module. */
  readonly transformer: string
  readonly path: string
  readonly key: string
  /** Returns everything that the key may depend on: the file's text, Jest's config and the transform's options. */
  input(): string
  /** Runs the transformer's `getCacheKey` again; undefined if it is asynchronous or throws. */
  askAgain(): string | undefined
}

// Module state: Jest's classes are wrapped once per process, and an observer is for one test file.
export let observer: RuntimeObserver | undefined

/** Sets the observer of all later calls; undefined: none. */
export function setObserver(next: RuntimeObserver | undefined): void {
  observer = next
}
