import { readFileSync, writeFileSync } from 'node:fs';
import { isEnumType } from 'graphql';
import {
  codesOfFields,
  codesOfRequests,
  type ErrorCode,
  refusalsOfCreation,
  refusalsOfHiding,
  refusalsOfPlacing,
} from './error-codes.ts';
import { printTable, replaceSection } from './print-table.ts';
import { schema } from './schema/schema.ts';

const page = new URL('../docs/errors.md', import.meta.url);

type Codes = Readonly<Record<string, Pick<ErrorCode, 'status' | 'means' | 'again' | 'remedy'>>>;

/** docs/errors.md with its tables as the code has them. */
export function printErrorsPage(): string {
  const tables = {
    requests: tableOf(codesOfRequests),
    fields: tableOf(codesOfFields),
    placeOrder: tableOf(withMeanings('PlaceOrderErrorCode', refusalsOfPlacing)),
    createOrder: tableOf(withMeanings('CreateOrderErrorCode', refusalsOfCreation)),
    hideCart: tableOf(withMeanings('HideCartErrorCode', refusalsOfHiding)),
  };
  return Object.entries(tables).reduce(
    (text, [name, table]) => replaceSection(text, name, table),
    readFileSync(page, 'utf8'),
  );
}

function tableOf(codes: Codes): string {
  const entries = Object.entries(codes);
  const hasStatus = entries.some(([, { status }]) => status !== undefined);
  const rows = entries.map(([code, { status = '', means, again, remedy }]) => [
    `\`${code}\``,
    ...(hasStatus ? [status] : []),
    means,
    again,
    remedy,
  ]);
  return printTable(['code', ...(hasStatus ? ['HTTP'] : []), 'means', 'again', 'what to do'], rows);
}

/** Each code of the enum, in its order. @throws Error where one of them has no remedy */
function withMeanings(enumName: string, remedies: Readonly<Record<string, Omit<ErrorCode, 'means'>>>): Codes {
  const type = schema.getType(enumName);
  if (!isEnumType(type)) throw new Error(`${enumName} is no enum.`);
  return Object.fromEntries(
    type.getValues().map(({ name, description }) => {
      const remedy = remedies[name];
      if (!remedy) throw new Error(`${enumName}.${name} has no remedy.`);
      return [name, { ...remedy, means: description ?? '' }];
    }),
  );
}

if (import.meta.main) writeFileSync(page, printErrorsPage());
