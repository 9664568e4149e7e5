// The table of formats by the name that the `artifacts` option gives them; types, messages and docs derive from it.

export const ARTIFACT_NAMES = ['markdown', 'json', 'cpuprofile'] as const

export type ArtifactName = (typeof ARTIFACT_NAMES)[number]
