// Keys that transformers' getCacheKey returned in a run, for the next run to compare its own with.

export interface TransformKeys {
  /** A hash of the environment's variables, which keys may depend on as well. */
  readonly context: string
  /** Of a few files of each transformer. */
  readonly kept: readonly KeptKey[]
  /** Transformers whose keys were all others in an earlier run, though nothing else had changed. */
  readonly changed: readonly ChangedKeys[]
}

export interface KeptKey {
  /** Absolute path of the transformer's module. */
  readonly transformer: string
  /** Absolute path of the file. */
  readonly path: string
  /** As in `CacheKey`. */
  readonly input: string
  readonly key: string
}

export interface ChangedKeys {
  readonly transformer: string
  /** Files that were compared. */
  readonly files: number
}
