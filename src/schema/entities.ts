import type { GraphQLResolveInfo } from 'graphql';
import { isObjectType } from 'graphql';
import type { ResponseFields } from '../ecwid/response-fields.ts';
import { isPresentId } from '../ecwid/tolerant.ts';
import type * as wire from '../ecwid/wire.ts';
import { badUserInput } from './bad-user-input.ts';
import { builder } from './builder.ts';
import { Cart, cartFields } from './cart.ts';
import type { Context } from './context.ts';
import { costs } from './cost.ts';
import { Order, orderFields } from './order.ts';
import { selectedFieldsOn } from './selected-fields.ts';

builder.scalarType('_Any', {
  description:
    'How another service names an entity: an object with its type as `__typename` and its `id` (Apollo Federation).',
  serialize: (value) => value,
});

type Found = wire.Cart | wire.Order;
type TypeName = 'Cart' | 'Order';

/** Which type an entity was asked for as: what Ecwid sends does not say. */
const typeNames = new WeakMap<Found, TypeName>();

const Entity = builder.unionType('_Entity', {
  description: 'Whatever other services may point at by its id (Apollo Federation).',
  types: [Cart, Order],
  resolveType: (found) => typeNames.get(found),
});

/** What is asked of the store for each type, from what the operation selects of it. */
const wanted: Readonly<Record<TypeName, (selected: ResponseFields) => ResponseFields>> = {
  Cart: cartFields,
  Order: orderFields,
};

builder.queryField('_entities', (t) =>
  t.field({
    type: [Entity],
    nullable: { list: false, items: true },
    description:
      'Carts and orders that other services point at, in the order of `representations`, null where there is none ' +
      'or where the viewer may not see it. For Apollo Federation; people ask `cartsByIds` and `ordersByIds`.',
    complexity: costs._entities,
    args: {
      representations: t.arg({
        type: ['_Any'],
        required: true,
        description:
          'Up to 100 objects such as `{__typename: "Cart", id: "…"}`; repeated ones cost nothing. One that cannot be ' +
          'read fails by itself.',
      }),
    },
    resolve: (_root, { representations }, context, info) => {
      const { limits, checkLimit } = context;
      const place = { argument: 'representations', maximum: limits.ids };
      checkLimit('ids', representations.length, place);
      const fields = fieldsByType(info);
      return representations.map((representation, index) => find(representation, index, fields, context));
    },
  }),
);

async function find(
  representation: unknown,
  index: number,
  fields: Readonly<Record<TypeName, ResponseFields>>,
  { loaders }: Context,
): Promise<Found | null> {
  const { typeName, id } = readRepresentation(representation, `representations.${index}`);
  const found =
    typeName === 'Cart'
      ? await loaders.cart.load(id, fields.Cart)
      : await loaders.order.load(id, fields.Order);
  if (found) typeNames.set(found, typeName);
  return found;
}

/** @throws BAD_USER_INPUT where it names no entity of this service */
function readRepresentation(
  representation: unknown,
  argument: string,
): { readonly typeName: TypeName; readonly id: string } {
  const { __typename: typeName, id } = Object(representation) as { __typename?: unknown; id?: unknown };
  if (typeName !== 'Cart' && typeName !== 'Order') {
    throw badUserInput(
      `Argument "${argument}" must have a __typename that is found by its id here: Cart or Order.`,
      {
        argument,
      },
    );
  }
  // Of a number that is too large to be sure of, another order would be found.
  const isUnsure = typeof id === 'number' && !Number.isSafeInteger(id);
  if (!isPresentId(id) || isUnsure)
    throw badUserInput(`Argument "${argument}" must have an id.`, { argument });
  return { typeName, id: String(id) };
}

function fieldsByType(info: GraphQLResolveInfo): Readonly<Record<TypeName, ResponseFields>> {
  const fieldsOf = (name: TypeName) => {
    const type = info.schema.getType(name);
    if (!isObjectType(type)) throw new TypeError(`The schema has no type ${name}.`);
    return wanted[name](selectedFieldsOn(type, info));
  };
  return { Cart: fieldsOf('Cart'), Order: fieldsOf('Order') };
}
