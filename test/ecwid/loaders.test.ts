import { describe, expect, test } from 'vitest';
import { createEntityLoader } from '../../src/ecwid/loaders.ts';
import { printResponseFields, type ResponseFields, responseFields } from '../../src/ecwid/response-fields.ts';

function recordingLoader() {
  const found: string[] = [];
  const find = async (id: string, fields: ResponseFields) => {
    found.push(`${id}: ${printResponseFields(fields)}`);
    if (id === 'broken') throw new Error('broken');
    return id === 'missing' ? null : { id };
  };
  const loader = createEntityLoader((wanted) => [...wanted].map(([id, { fields }]) => find(id, fields)));
  return { found, loader };
}

describe('an entity loader', () => {
  test('finds an id once with the fields of all who ask for it in one tick', async () => {
    const { found, loader } = recordingLoader();
    const loads = [
      loader.load('A', responseFields('total')),
      loader.load('B', responseFields('total')),
      loader.load('A', responseFields('email', 'total')),
      loader.load('missing', responseFields('total')),
    ];
    expect(await Promise.all(loads)).toEqual([{ id: 'A' }, { id: 'B' }, { id: 'A' }, null]);
    expect(found).toEqual(['A: total,email', 'B: total', 'missing: total']);
  });

  test('goes back later only for fields that were not asked for before', async () => {
    const { found, loader } = recordingLoader();
    await loader.load('A', responseFields('total', 'email'));
    await loader.load('A', responseFields('email'));
    await loader.load('A', responseFields('tax'));
    await loader.load('A', responseFields('total'));
    expect(found).toEqual(['A: total,email', 'A: tax']);
  });

  test('goes back for what was written since', async () => {
    const { found, loader } = recordingLoader();
    await loader.load('A', responseFields('total'));
    loader.clear('A');
    await loader.load('A', responseFields('total'));
    expect(found).toHaveLength(2);
  });

  test('fails the ids that fail, and those alone', async () => {
    const { loader } = recordingLoader();
    const results = await Promise.allSettled(
      ['A', 'broken', 'B', 'broken'].map((id) => loader.load(id, new Map())),
    );
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'rejected']);
  });

  test('is done with each id as soon as that is found', async () => {
    const slow = Promise.withResolvers<{ id: string }>();
    const loader = createEntityLoader((wanted) => {
      return [...wanted.keys()].map((id) => (id === 'slow' ? slow.promise : Promise.resolve({ id })));
    });
    const waiting = loader.load('slow', new Map());
    expect(await loader.load('A', new Map())).toEqual({ id: 'A' });
    slow.resolve({ id: 'slow' });
    expect(await waiting).toEqual({ id: 'slow' });
  });
});
