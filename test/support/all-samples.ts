// The rows of all values of a profile, as one table.

import type { Profile, ScopeIndex, StackIndex } from '../../src/profile/profile.js'

export interface AllSamples {
  stack: StackIndex[]
  scope: ScopeIndex[]
  weight: number[]
  count: number[]
}

export function allSamples({ values }: Pick<Profile, 'values'>): AllSamples {
  return {
    stack: values.flatMap(({ stack }) => [...stack]),
    scope: values.flatMap(({ scope }) => [...scope]),
    weight: values.flatMap(({ weight }) => [...weight]),
    count: values.flatMap(({ count }) => [...count]),
  }
}

/** The sum of the weights of all values. */
export function wholeWeight(profile: Pick<Profile, 'values'>): number {
  return allSamples(profile).weight.reduce((sum, weight) => sum + weight, 0)
}
