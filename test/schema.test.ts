import { readFileSync } from 'node:fs';
import {
  buildSchema,
  findBreakingChanges,
  type GraphQLNamedType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql';
import { describe, expect, test } from 'vitest';
import { printSchemaFiles } from '../src/print-schema.ts';
import { schema } from '../src/schema/schema.ts';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

describe('schema.graphql and subgraph.graphql', () => {
  test('are what the code prints (npm run schema writes them)', async () => {
    const files = Object.entries(await printSchemaFiles());
    expect(files.map(([name]) => name)).toEqual(['schema.graphql', 'subgraph.graphql']);
    for (const [name, sdl] of files) expect(read(`../${name}`), name).toBe(sdl);
  });
});

describe('the schema', () => {
  test('keeps the contract', () => {
    expect(findBreakingChanges(buildSchema(read('contract.graphql')), schema)).toEqual([]);
  });

  test('describes every type, field, argument and value, with more than its name', () => {
    const bare: string[] = [];
    const check = (coordinate: string, name: string, description: string | null | undefined) => {
      const letters = (text: string) => text.toLowerCase().replace(/[^a-z]/g, '');
      if (!description || description.length < 12 || letters(description) === letters(name))
        bare.push(coordinate);
    };
    for (const type of ownTypes()) {
      check(type.name, type.name, type.description);
      if (isEnumType(type)) {
        for (const value of type.getValues())
          check(`${type.name}.${value.name}`, value.name, value.description);
      }
      if (isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)) {
        for (const field of Object.values(type.getFields())) {
          const coordinate = `${type.name}.${field.name}`;
          check(coordinate, field.name, field.description);
          for (const arg of 'args' in field ? field.args : []) {
            check(`${coordinate}(${arg.name}:)`, arg.name, arg.description);
          }
        }
      }
    }
    expect(bare).toEqual([]);
  });

  test('takes what Ecwid sends for an enum by way of a value UNKNOWN', () => {
    const codes = ['CreateOrderErrorCode', 'HideCartErrorCode', 'PlaceOrderErrorCode'];
    for (const type of ownTypes().filter(isEnumType)) {
      const hasUnknown = type.getValues().some(({ name }) => name === 'UNKNOWN');
      expect(hasUnknown, type.name).toBe(!codes.includes(type.name));
    }
  });

  test('has no field for the address that carries the token', () => {
    for (const type of ownTypes()) {
      if (isObjectType(type)) expect(Object.keys(type.getFields())).not.toContain('adminUrl');
    }
  });

  test('uses every type that it has', () => {
    const used = new Set(['Query', 'Mutation', 'Subscription']);
    for (const type of ownTypes()) {
      if (isObjectType(type)) for (const { name } of type.getInterfaces()) used.add(name);
      if (isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)) {
        for (const field of Object.values(type.getFields())) {
          used.add(String(getNamedType(field.type)));
          for (const arg of 'args' in field ? field.args : []) used.add(String(getNamedType(arg.type)));
        }
      }
    }
    expect(
      ownTypes()
        .map(({ name }) => name)
        .filter((name) => !used.has(name)),
    ).toEqual([]);
  });
});

function ownTypes(): GraphQLNamedType[] {
  return Object.values(schema.getTypeMap()).filter(
    (type) => !type.name.startsWith('__') && !isSpecifiedScalarType(type),
  );
}
