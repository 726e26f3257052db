/** Of the page's own words, so that amounts are written as they are: index.html says it too. */
const language = 'en';

/** An amount as the gateway tells it, in the currency of the store; a plain number as long as that is not known. */
export function formatMoney(amount: number | null | undefined, currency: string | null): string {
  if (amount === null || amount === undefined) return '—';
  // As its digits are written: the number itself is a binary fraction, which is a little more or less.
  const digits: `${number}` = `${amount}`;
  // No digit is dropped: prices of small things have more of them than coins do.
  const options = { maximumFractionDigits: 20 };
  const number = new Intl.NumberFormat(language, options).format(digits);
  if (!currency) return number;
  try {
    return new Intl.NumberFormat(language, { ...options, style: 'currency', currency }).format(digits);
  } catch {
    // A store may call it by what is no code of three letters.
    return `${number} ${currency}`;
  }
}
