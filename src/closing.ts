/** Ends one thing that was opened. */
export type Close = () => Promise<void>;

/** The last to be opened first, each of them whatever becomes of the others. */
export async function closeInReverse(opened: readonly Close[]): Promise<void> {
  const failures: unknown[] = [];
  for (const close of opened.toReversed()) {
    await close().catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Not everything could be closed.');
}
