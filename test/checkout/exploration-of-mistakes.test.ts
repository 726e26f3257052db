import { describe, expect, test } from 'vitest';
import type { Attempt, Entry, Journal } from '../../src/checkout/journal.ts';
import { shortTiming } from './exploration/explore.ts';
import { exploreAloud, type Plant, placing } from './exploration/programs.ts';
import type { Property } from './exploration/properties.ts';
import type { Faults } from './exploration/world.ts';

/** Attempts that are remembered by the process alone: `kept` are added to what the journal tells. */
function withAttemptsInMemory(journal: Journal) {
  let kept: readonly Attempt[] = [];
  const withKept = <Told extends Entry>(told: Told) => ({ ...told, attempts: [...told.attempts, ...kept] });
  return {
    withKept,
    keep: (attempt: Attempt) => {
      kept = [...kept.filter(({ id }) => id !== attempt.id), attempt];
    },
    drop: (ids: readonly string[]) => {
      kept = kept.filter(({ id }) => !ids.includes(id));
    },
    isKept: ({ id }: Attempt) => kept.some((one) => one.id === id),
    journal,
  };
}

async function strikeAll(journal: Journal, key: string): Promise<void> {
  const { attempts } = await journal.read(key);
  await journal.withdraw(
    key,
    attempts.map(({ id }) => id),
  );
}

const believingWithoutReadingAgain: Plant = (journal) => {
  let claimed: Entry = { outcome: null, attempts: [] };
  const own = withAttemptsInMemory(journal);
  return {
    ...journal,
    claim: async (...values) => {
      const told = await journal.claim(...values);
      claimed = { outcome: told.outcome, attempts: told.attempts.filter((attempt) => !own.isKept(attempt)) };
      return told;
    },
    intend: (key, attempt, knownIds) => {
      own.keep(attempt);
      return journal.intend(key, attempt, knownIds);
    },
    withdraw: (key, ids) => {
      own.drop(ids);
      return journal.withdraw(key, ids);
    },
    read: async () => own.withKept(claimed),
  };
};

const forgettingAttemptsInACrash: Plant = (journal) => {
  const own = withAttemptsInMemory(journal);
  return {
    ...journal,
    claim: async (...values) => own.withKept(await journal.claim(...values)),
    read: async (key) => own.withKept(await journal.read(key)),
    intend: async (_key, attempt) => {
      own.keep(attempt);
      return true;
    },
    withdraw: async (_key, ids) => own.drop(ids),
  };
};

const strikingAttemptsWithTheClaim: Plant = (journal) => ({
  ...journal,
  release: async (key, holder) => {
    await strikeAll(journal, key);
    await journal.release(key, holder);
  },
});

const strikingTheAttemptsOfOthers: Plant = (journal) => ({
  ...journal,
  withdraw: (key) => strikeAll(journal, key),
});

const overlookingTheAttemptsOfOthers: Plant = (journal) => {
  const own = withAttemptsInMemory(journal);
  const onlyOwn = <Told extends Entry>(told: Told) => ({
    ...told,
    attempts: told.attempts.filter(own.isKept),
  });
  return {
    ...journal,
    claim: async (...values) => onlyOwn(await journal.claim(...values)),
    read: async (key) => onlyOwn(await journal.read(key)),
    intend: (key, attempt, knownIds) => {
      own.keep(attempt);
      return journal.intend(key, attempt, knownIds);
    },
  };
};

const keepingTheClaim: Plant = (journal) => ({ ...journal, release: async () => {} });

// These are broken first; without them it is found what a caller would see.
const ofTheJournal: readonly Property[] = [
  'no request leaves before its attempt is written down',
  'no order is made of which the journal knows nothing',
];

interface Mistake {
  readonly of: string;
  readonly plant: Plant;
  readonly faults: Partial<Faults>;
  readonly breaks: Property;
  readonly except?: readonly Property[];
}

const mistakes: readonly Mistake[] = [
  {
    of: 'believing a 404 without reading the journal again',
    plant: believingWithoutReadingAgain,
    faults: { lapse: 1 },
    breaks: 'no refusal of what was made',
  },
  {
    of: 'sending before the attempt is durable',
    plant: forgettingAttemptsInACrash,
    faults: {},
    breaks: 'no request leaves before its attempt is written down',
  },
  {
    of: 'forgetting an attempt in a crash',
    plant: forgettingAttemptsInACrash,
    faults: { crash: 1 },
    breaks: 'no refusal of what was made',
    except: ofTheJournal,
  },
  {
    of: 'dropping the attempts with an unknown outcome',
    plant: strikingAttemptsWithTheClaim,
    faults: { lostWrite: 1 },
    breaks: 'no refusal of what was made',
    except: [...ofTheJournal, 'one more call ends in the order'],
  },
  {
    of: 'striking the attempts of others with its own',
    plant: strikingTheAttemptsOfOthers,
    faults: { lapse: 1, refusedWrite: 1 },
    breaks: 'no refusal of what was made',
    except: ofTheJournal,
  },
  {
    of: 'believing a refusal while another attempt is live',
    plant: overlookingTheAttemptsOfOthers,
    faults: { lapse: 1 },
    breaks: 'no refusal of what was made',
  },
  { of: 'keeping the claim', plant: keepingTheClaim, faults: {}, breaks: 'every claim is given back' },
];

describe('the exploration finds the mistake of', () => {
  test.each(mistakes)(
    '$of, by its breaking that $breaks',
    async ({ plant, faults, breaks, except = [] }) => {
      const { violation } = await exploreAloud({
        afterlife: 'gone',
        orderDate: 'of the cart',
        program: placing(shortTiming, plant),
        timing: shortTiming,
        calls: [1, 1],
        faults,
        except,
      });
      expect(violation?.property).toBe(breaks);
      expect(violation?.trace.length).toBeGreaterThan(0);
    },
    120_000,
  );
});
