export interface Order {
  readonly id: number
  readonly customer: string
  readonly month: string
  readonly pence: number
}

export class OrderBook {
  readonly #orders: readonly Order[]

  constructor(orders: readonly Order[]) {
    this.#orders = orders.toSorted(byMonthAndCustomer)
  }

  get size(): number {
    return this.#orders.length
  }

  get firstMonth(): string | undefined {
    return this.#orders[0]?.month
  }

  get lastMonth(): string | undefined {
    return this.#orders.at(-1)?.month
  }

  ordersIn(month: string): Order[] {
    return this.#orders.filter(order => order.month === month)
  }

  ordersOf(customer: string): Order[] {
    return this.#orders.filter(order => order.customer === customer)
  }

  revenue(): number {
    return this.#orders.reduce((sum, { pence }) => sum + pence, 0)
  }

  revenueByMonth(): Map<string, number> {
    return this.#sumBy(({ month }) => month)
  }

  bestCustomer(): string | undefined {
    const revenues = [...this.#sumBy(({ customer }) => customer)]
    return revenues.toSorted(([, a], [, b]) => b - a)[0]?.[0]
  }

  #sumBy(key: (order: Order) => string): Map<string, number> {
    const sums = new Map<string, number>()
    for (const order of this.#orders) sums.set(key(order), (sums.get(key(order)) ?? 0) + order.pence)
    return sums
  }
}

function byMonthAndCustomer(a: Order, b: Order): number {
  return a.month.localeCompare(b.month) || a.customer.localeCompare(b.customer) || a.id - b.id
}
