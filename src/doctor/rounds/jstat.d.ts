// https://jstat.github.io/distributions.html

declare module 'jstat' {
  const jStat: {
    readonly studentt: {
      cdf(x: number, degrees: number): number
      inv(p: number, degrees: number): number
    }
  }
  export default jStat
}
