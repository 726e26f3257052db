import type { Config } from '../config.ts';
import type { StoresFile } from '../stores/read-stores.ts';
import type { StoreEntry } from '../stores/store-entry.ts';
import { examineCallers } from './examine-callers.ts';
import { examineJournal } from './examine-journal.ts';
import { examineStore } from './examine-store.ts';
import { type Finding, ill, well } from './finding.ts';

/** Where the journals of all stores are: in Redis, where there is one. */
type JournalPlace = Pick<Config, 'redis' | 'dataDir'>;

// Side by side: each of them waits for what is far away.
const atOnce = 10;

/** Each of many stores as if it was the only one: one line of what is well with it, or all that is not. */
export async function examineStores(
  { entries, isExposed }: StoresFile,
  journals: JournalPlace,
): Promise<readonly Finding[]> {
  const left = [...entries.entries()];
  const findings: (readonly Finding[])[] = [];
  const examineNext = async () => {
    for (let next = left.shift(); next; next = left.shift()) {
      const [index, entry] = next;
      findings[index] = await examineEntry(entry, journals);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, examineNext));
  return [fileOf(entries.length, isExposed), ...findings.flat()];
}

function fileOf(count: number, isExposed: boolean): Finding {
  if (!isExposed) return well('Stores', `${count} in STORES_FILE`);
  return ill('Stores', {
    found: 'STORES_FILE holds secrets, and every user of this machine may read it',
    mend: 'Have its owner alone read it (chmod 600), or name variables for the secrets: { "env": "NAME" }.',
  });
}

async function examineEntry(
  { store, hosts, auth }: StoreEntry,
  { redis, dataDir }: JournalPlace,
): Promise<readonly Finding[]> {
  const { storeId } = store;
  const findings = [
    ...(redis ? [] : [await examineJournal(dataDir, storeId)]),
    ...(auth ? [await examineCallers({ auth, isOpen: false })] : []),
    ...(await examineStore(store)),
  ];
  const ills = findings.filter(({ verdict }) => verdict === 'ill');
  if (ills.length === 0) {
    const found = findings.find(({ subject }) => subject === 'Store')?.found ?? storeId;
    return [well(storeId, [found.replace(`${storeId}: `, ''), ...hosts].join(', '))];
  }
  return ills.map(({ subject, verdict, found, mend = '' }) => ({
    subject: `${storeId} ${subject}`,
    verdict,
    found: inWordsOfFile(found),
    mend: inWordsOfFile(mend),
  }));
}

const namesInFile: Readonly<Record<string, string>> = {
  ECWID_STORE_ID: 'id',
  ECWID_TOKEN: 'token',
  ECWID_API_URL: 'apiUrl',
  ECWID_RATE_LIMIT: 'ecwidRateLimit',
  AUTH_JWKS_URL: 'auth.jwksUrl',
};

/** What a single store has in variables, each of many has in its entry. */
function inWordsOfFile(text: string): string {
  return text.replaceAll(/\b(?:ECWID|AUTH)_[A-Z_]+\b/g, (name) => namesInFile[name] ?? name);
}
