/** Where the name of the store leads; nowhere where somebody has typed in what is no place to send customers to. */
export function shopUrlOf(text: string | null | undefined): string | undefined {
  if (!text || !URL.canParse(text)) return undefined;
  const { protocol, username, password, href } = new URL(text);
  const isWeb = protocol === 'https:' || protocol === 'http:';
  // Before an @ there may be the name of another shop.
  return isWeb && !username && !password ? href : undefined;
}
