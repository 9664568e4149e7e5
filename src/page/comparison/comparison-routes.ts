// Views of the page of a comparison.

import { fragment, type Params, routeAmong } from '../routes.js'

const VIEWS = [
  'summary',
  'flame',
  'functions',
  'tests',
  'files',
  'modules',
  'packages',
  'hooks',
  'phases',
  'sides',
] as const

export type ComparisonView = (typeof VIEWS)[number]

export function parseComparisonRoute(hash: string) {
  return routeAmong(VIEWS, hash)
}

export function comparisonHref(view: ComparisonView, params: Params = {}): string {
  return fragment(view, params)
}
