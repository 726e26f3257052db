import { describe, expect, test } from 'vitest';
import { sandboxOperations } from '../src/example-operations.ts';
import { startGateway } from './running-gateway.ts';

describe('the example operations', () => {
  test('run one after the other on a fresh sandbox, and each shows something', async () => {
    const gateway = await startGateway();
    try {
      for (const operation of sandboxOperations) {
        const { data, errors } = await gateway.query(operation);
        expect(errors, operation).toBeUndefined();
        for (const answer of Object.values<{ errors?: unknown } | null>(data)) {
          expect(answer, operation).not.toBeNull();
          expect(answer?.errors ?? [], operation).toEqual([]);
        }
      }
    } finally {
      await gateway.close();
    }
  });
});
