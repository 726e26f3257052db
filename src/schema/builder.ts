import SchemaBuilder from '@pothos/core';
import type { DateText, Id } from '../ecwid/wire-values.ts';
import type { Context } from './context.ts';

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
  };
}>({});
