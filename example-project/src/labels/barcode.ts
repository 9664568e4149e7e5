const ARTICLES = 1_000_000
/** Barcodes that begin with 20 are for what a shop numbers by itself. */
const FIRST = 200_000_000_000

// Computed as soon as anything imports this module, and for all articles, although a label needs the digit of one.
const checkDigits = checkDigitsOf(ARTICLES)

/** The EAN-13 of an article. Throws when there cannot be such an article. */
export function barcode(article: number): string {
  const checkDigit = checkDigits[article]
  if (checkDigit === undefined) throw new Error(`no such article: ${article}`)
  return `${FIRST + article}${checkDigit}`
}

function checkDigitsOf(articles: number): Uint8Array {
  const digits = new Uint8Array(articles)
  for (let article = 0; article < articles; article++) digits[article] = checkDigitOf(`${FIRST + article}`)
  return digits
}

// https://en.wikipedia.org/wiki/International_Article_Number#Calculation_of_checksum_digit
function checkDigitOf(digits: string): number {
  let sum = 0
  for (let index = 0; index < digits.length; index++) {
    sum += (index % 2 === 0 ? 1 : 3) * +digits[index]
  }
  return (10 - (sum % 10)) % 10
}
