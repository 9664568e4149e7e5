export function bestBefore(packed: Date, days: number): string {
  const date = new Date(packed)
  date.setUTCDate(date.getUTCDate() + days)
  return `Best before ${date.toISOString().slice(0, 10)}`
}
