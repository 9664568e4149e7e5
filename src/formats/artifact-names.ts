// The formats by the names that the `artifacts` option gives them; types, messages and docs derive from this.

export const ARTIFACT_NAMES = [
  'html',
  'markdown',
  'json',
  'cpuprofile',
  'speedscope',
  'pprof',
  'firefox',
  'trace',
  'collapsed',
] as const

export type ArtifactName = (typeof ARTIFACT_NAMES)[number]

/** The rest is for tools that not everybody has. */
export const DEFAULT_ARTIFACTS: readonly ArtifactName[] = [
  'html',
  'markdown',
  'json',
  'cpuprofile',
  'speedscope',
  'pprof',
]
