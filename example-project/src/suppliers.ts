export interface Quote {
  readonly supplier: string
  readonly pence: number
  readonly days: number
}

export interface Supplier {
  quote(sku: string): Promise<Quote>
}

/** Asks all suppliers at once and takes the cheapest quote, of equal ones the quickest. */
export async function bestQuote(suppliers: readonly Supplier[], sku: string): Promise<Quote | undefined> {
  return rankQuotes(await Promise.all(suppliers.map(supplier => supplier.quote(sku))))[0]
}

export function rankQuotes(quotes: readonly Quote[]): Quote[] {
  return quotes.toSorted(
    (a, b) => a.pence - b.pence || a.days - b.days || a.supplier.localeCompare(b.supplier),
  )
}
