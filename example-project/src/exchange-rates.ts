/** What a pound buys of each currency, by the rates of an exchange office. */
export async function exchangeRates(
  office: string,
  currencies: readonly string[],
): Promise<Map<string, number>> {
  const rates = new Map<string, number>()
  // Slow, because each request waits for the one before it, although none needs its answer.
  for (const currency of currencies) {
    rates.set(currency, await rateOf(currency, office))
  }
  return rates
}

async function rateOf(currency: string, office: string): Promise<number> {
  const response = await fetch(`${office}/${currency}`)
  if (!response.ok) throw new Error(`no rate for ${currency}`)
  return Number(await response.text())
}
