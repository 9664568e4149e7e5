// The formats by the names that the `artifacts` option gives them; types, messages and docs derive from this.

export const DEFAULT_ARTIFACTS = ['html', 'markdown', 'json', 'cpuprofile', 'speedscope', 'pprof'] as const

/** Those beyond the default are for tools that not everybody has. */
export const ARTIFACT_NAMES = [...DEFAULT_ARTIFACTS, 'firefox', 'trace', 'collapsed'] as const

export type ArtifactName = (typeof ARTIFACT_NAMES)[number]
