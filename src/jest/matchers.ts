// The matchers that Jest's `expect` has without further packages.
//
// Known: 29.7 and 30.0 to 30.5. https://github.com/jestjs/jest/blob/v29.7.0/packages/expect/src/matchers.ts
// https://github.com/jestjs/jest/blob/v30.5.2/packages/expect/src/matchers.ts, spyMatchers.ts and toThrowMatchers.ts beside it, and
// https://github.com/jestjs/jest/blob/v30.5.2/packages/jest-snapshot/src/index.ts
// A matcher that is missing here counts as one of a package that mentions it: a file that uses it counts as using that package.

export const OWN_MATCHERS: ReadonlySet<string> = new Set(
  `toBe toBeCalled toBeCalledTimes toBeCalledWith toBeCloseTo toBeDefined toBeFalsy toBeGreaterThan toBeGreaterThanOrEqual
  toBeInstanceOf toBeLessThan toBeLessThanOrEqual toBeNaN toBeNull toBeTruthy toBeUndefined toContain toContainEqual toEqual
  toHaveBeenCalled toHaveBeenCalledTimes toHaveBeenCalledWith toHaveBeenLastCalledWith toHaveBeenNthCalledWith toHaveLastReturnedWith
  toHaveLength toHaveNthReturnedWith toHaveProperty toHaveReturned toHaveReturnedTimes toHaveReturnedWith toMatch
  toMatchInlineSnapshot toMatchObject toMatchSnapshot toReturn toReturnTimes toReturnWith toStrictEqual toThrow toThrowError
  toThrowErrorMatchingInlineSnapshot toThrowErrorMatchingSnapshot lastCalledWith lastReturnedWith nthCalledWith nthReturnedWith
  toString toISOString toJSON toLowerCase toUpperCase toFixed toLocaleString toLocaleUpperCase toLocaleLowerCase toPrimitive
  toStringTag toDataURL toArray toObject toNumber toSorted toReversed toSpliced`.split(/\s+/),
)
