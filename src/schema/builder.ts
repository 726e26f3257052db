import SchemaBuilder from '@pothos/core';
import ComplexityPlugin from '@pothos/plugin-complexity';
import type { DateText, Id } from '../ecwid/wire-values.ts';
import type { Context } from './context.ts';
import { fieldCost } from './cost.ts';
import { type InsteadOfStaffMatter, staffMatters } from './staff-matters.ts';

/** Knows the context and the scalars, and defines no type: each type file does that for its own. */
export const builder = new SchemaBuilder<{
  Context: Context;
  Scalars: {
    ID: { Input: string; Output: Id };
    /** Ecwid sends some texts as numbers, such as an estimated transit time of 5. */
    String: { Input: string; Output: string | number };
    Money: { Input: number; Output: number };
    DateTime: { Input: Date; Output: Date | DateText | Id };
    SafeInt: { Input: number; Output: number };
    JSON: { Input: unknown; Output: unknown };
    JSONObject: { Input: Record<string, unknown>; Output: Record<string, unknown> };
    _Any: { Input: unknown; Output: unknown };
  };
}>({
  plugins: [staffMatters, ComplexityPlugin],
  // Only declares what fields cost: `costOf` adds that up, before any resolver is called.
  complexity: { disabled: true, fieldComplexity: fieldCost },
});

/** Makes a field of what the merchant alone is told: for others it is null, or an empty list. */
export function staffMatter<Instead extends InsteadOfStaffMatter = null>(
  description: string,
  instead: Instead = null as Instead,
) {
  return {
    description: `${description} For staff (read_orders) alone; ${instead ? 'empty' : 'null'} for others.`,
    insteadOfStaffMatter: instead,
  };
}
