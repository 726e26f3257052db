import type { EcwidClient } from '../ecwid/client.ts';
import { getProfile } from '../ecwid/profile.ts';
import { isPresentId } from '../ecwid/tolerant.ts';
import type * as wire from '../ecwid/wire.ts';
import { builder } from './builder.ts';
import { costs } from './cost.ts';

const Store = builder.objectRef<wire.Profile & Pick<EcwidClient, 'storeId'>>('Store').implement({
  description: 'The store that this gateway serves.',
  fields: (t) => ({
    id: t.id({
      nullable: false,
      description: "Ecwid's id of the store: digits.",
      resolve: ({ generalInfo, storeId }) =>
        isPresentId(generalInfo?.storeId) ? generalInfo.storeId : storeId,
    }),
    name: t.string({
      description: 'What the store calls itself.',
      resolve: ({ settings }) => settings?.storeName ?? null,
    }),
    url: t.string({
      description: 'Where customers find the store.',
      resolve: ({ generalInfo }) => generalInfo?.storeUrl ?? null,
    }),
    currency: t.string({
      description: 'ISO 4217 code of the currency of every Money.',
      resolve: ({ formatsAndUnits }) => formatsAndUnits?.currency ?? null,
    }),
  }),
});

builder.queryField('store', (t) =>
  t.field({
    type: Store,
    nullable: false,
    description: 'The store that this gateway serves.',
    complexity: costs.store,
    resolve: async (_root, _args, { sharedEcwid, signal }) => ({
      storeId: sharedEcwid.storeId,
      ...(await getProfile(sharedEcwid, { signal })),
    }),
  }),
);
