/** An amount as the gateway tells it, in the currency of the store; a plain number as long as that is not known. */
export function formatMoney(amount: number | null | undefined, currency: string | null): string {
  if (amount === null || amount === undefined) return '—';
  // No digit is dropped: prices of small things have more of them than coins do.
  const digits = { maximumFractionDigits: 6 };
  return currency
    ? amount.toLocaleString(undefined, { style: 'currency', currency, ...digits })
    : amount.toLocaleString(undefined, digits);
}
