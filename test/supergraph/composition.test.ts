import { composeServices } from '@apollo/composition';
import { buildSchema, isObjectType, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { compose, ecwidSdl } from '../../examples/supergraph/compose.ts';
import { customersSdl } from '../../examples/supergraph/customers.ts';
import { startApolloGateway } from '../../examples/supergraph/gateway.ts';

const ecwid = { name: 'ecwid', url: 'http://127.0.0.1:4000/graphql', sdl: ecwidSdl };
const customers = { name: 'customers', url: 'http://127.0.0.1:4002/graphql', sdl: customersSdl };

const composeWith = (sdl: string) => () => compose([ecwid, { ...customers, sdl }]);

const federation = (imports: string) =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: [${imports}])`;

describe('composition', () => {
  test('makes one graph of this one and of customers', () => {
    const schema = buildSchema(compose([ecwid, customers]), { assumeValidSDL: true });
    const fieldsOf = (name: string) => {
      const type = schema.getType(name);
      return isObjectType(type) ? Object.keys(type.getFields()) : [];
    };
    expect(fieldsOf('Customer')).toEqual(expect.arrayContaining(['id', 'name', 'carts', 'orders']));
    expect(fieldsOf('Cart')).toEqual(expect.arrayContaining(['items', 'customer', 'recoveredOrder']));
    expect(fieldsOf('Query')).toEqual(expect.arrayContaining(['customers', 'carts', 'ordersByIds']));
  });

  test('has no error and no hint by the composition of rover', () => {
    const typeDefsOf = ({ name, url, sdl }: typeof ecwid) => ({ name, url, typeDefs: parse(sdl) });
    const { errors, hints } = composeServices([ecwid, customers].map(typeDefsOf));
    expect(errors).toBeUndefined();
    expect(hints?.map(({ message }) => message)).toEqual([]);
  });

  test('lets another service have the same value types, but not what is this one alone', () => {
    const sdlWith = (type: string) => `${federation('"@shareable"')}
      type Query { value: ${/\w+/.exec(type)} }
      type ${type}`;
    const whole = '{ endCursor: String hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String }';
    expect(composeWith(sdlWith(`PageInfo @shareable ${whole}`))).not.toThrow();
    expect(composeWith(sdlWith('Store @shareable { name: String }'))).toThrow(/Store.name/);
  });

  test.each([
    ['takes a field of a cart for something else', 'total: Int', /Cart.total/],
    ['has a field of a cart that is none of its own', 'email: String', /Cart.email/],
  ])('fails where another service %s', (_name, field, message) => {
    const sdl = `${federation('"@key"')}
      type Query { basket: Cart }
      type Cart @key(fields: "id") { id: ID! ${field} }`;
    expect(composeWith(sdl)).toThrow(message);
  });

  test.each([
    ['@authenticated', 'authenticated'],
    ['@requiresScopes(scopes: [["read_orders"]])', 'requiresScopes'],
  ])('with %s makes what @apollo/gateway does not load', async (directive, name) => {
    const sdl = ecwidSdl
      .replace('federation/v2.3', 'federation/v2.5')
      .replace('"@shareable"]', `"@shareable", "@${name}"]`)
      .replace(/^type Store \{/m, `type Store ${directive} {`);
    const supergraph = compose([{ ...ecwid, sdl }, customers]);
    expect(supergraph).toMatch(new RegExp(`${name}/v0.1", for: SECURITY`));
    await expect(startApolloGateway(supergraph, 0)).rejects.toThrow(/is for: SECURITY but is unsupported/);
  });
});
