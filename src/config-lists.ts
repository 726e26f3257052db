import { NEVER, type z } from 'zod';
import { type Requirement, requirements } from './checkout/settings.ts';
import { type Limits, parseLimits } from './limits.ts';

// Variables that hold several things, with commas between them. What is wrong with one is told to zod.

export function readLimits(text: string, context: z.RefinementCtx): Limits {
  try {
    return parseLimits(text);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    context.addIssue(error.message);
    return NEVER;
  }
}

export function readOrigins(text: string, context: z.RefinementCtx): readonly string[] {
  const origins = text.split(',').flatMap((part) => part.trim() || []);
  if (!origins.every((origin) => origin === '*' || URL.parse(origin)?.origin === origin)) {
    context.addIssue('must be origins such as https://shop.example with commas between them, or *');
  }
  return origins;
}

export function readRequirements(text: string, context: z.RefinementCtx): readonly Requirement[] {
  const names = text.split(',').map((name) => name.trim());
  if (names.length === 1 && names[0] === 'none') return [];
  const known = requirements.filter((requirement) => names.includes(requirement));
  if (known.length !== new Set(names).size) {
    context.addIssue(`must be some of ${requirements.join(', ')} with commas between them, or none`);
  }
  return known;
}
