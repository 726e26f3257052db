/** What one look has come to. Holds no secret. */
export interface Finding {
  readonly subject: string;
  /** `open` where there was nothing to look at, or no way to look. */
  readonly verdict: 'well' | 'ill' | 'open';
  readonly found: string;
  /** What to do about it, of what is ill. */
  readonly mend?: string;
}

/** Something is not well: what was found, and how to mend it. */
export interface Ailment {
  readonly found: string;
  readonly mend: string;
}

export function well(subject: string, found: string): Finding {
  return { subject, verdict: 'well', found };
}

export function ill(subject: string, { found, mend }: Ailment): Finding {
  return { subject, verdict: 'ill', found, mend };
}

export function open(subject: string, found: string): Finding {
  return { subject, verdict: 'open', found };
}

/** For what is waited for, each time. */
export const patienceMs = 8_000;
