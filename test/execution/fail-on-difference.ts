import { afterAll, afterEach } from 'vitest';
import { takeDifferences } from './comparing-executor.ts';

function failOnDifference(): void {
  const differences = takeDifferences();
  if (differences.length > 0) throw new Error(differences.join('\n\n'));
}

afterEach(failOnDifference);
// What ran outside of a test.
afterAll(failOnDifference);
