// How a comparison can be written.

export const COMPARISON_FORMATS = ['text', 'markdown', 'json', 'html'] as const

export type ComparisonFormat = (typeof COMPARISON_FORMATS)[number]
