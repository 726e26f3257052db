import { createSqliteJournal } from './checkout/sqlite-journal.ts';
import { type Config, ConfigurationError, readConfig } from './config.ts';
import { createEcwidClient } from './ecwid/client.ts';
import { createDispatcher } from './ecwid/dispatcher.ts';
import { EcwidError, EcwidStatusError } from './ecwid/errors.ts';
import { getProfile } from './ecwid/profile.ts';
import { createLog } from './log.ts';

/** What one look has found: well, with what there is, or not, with how to mend it. Holds no secret. */
export interface Finding {
  readonly subject: string;
  readonly isWell: boolean;
  readonly says: string;
}

/** Something is not well, in words that say how to mend it. */
class Ailment extends Error {
  override readonly name = 'Ailment';
}

type Store = NonNullable<Config['store']>;

/** Looks at all that a gateway with this configuration needs, and changes nothing but that DATA_DIR is made. */
export async function examine(): Promise<readonly Finding[]> {
  const findings = [await look('Node', async () => examineNode(process.versions.node))];
  let config: Config | undefined;
  findings.push(
    await look('Configuration', async () => {
      config = readConfig({ defaultPort: 4000 });
      return config.store
        ? `store ${config.store.storeId}, callers ${config.auth ? 'by their tokens' : 'as guests'}`
        : 'no store: the embedded sandbox would be served';
    }),
  );
  const { store, dataDir } = config ?? {};
  if (store && dataDir !== undefined) {
    findings.push(await look('Journal', () => examineJournal(dataDir, store)));
    findings.push(await look('Store', () => examineStore(store)));
  }
  return findings;
}

/** A line for each, and whether all is well. */
export function describeFindings(findings: readonly Finding[]): string {
  return findings.map(({ subject, isWell, says }) => `${isWell ? '✓' : '✗'} ${subject}: ${says}\n`).join('');
}

async function look(subject: string, examination: () => Promise<string>): Promise<Finding> {
  try {
    return { subject, isWell: true, says: await examination() };
  } catch (error) {
    const isKnown = error instanceof Ailment || error instanceof ConfigurationError;
    return { subject, isWell: false, says: isKnown ? error.message : 'it cannot be told' };
  }
}

function examineNode(version: string): string {
  if (Number.parseInt(version, 10) >= 24) return version;
  throw new Ailment(`${version} is too old: install Node 24 or newer`);
}

async function examineJournal(directory: string, { storeId }: Store): Promise<string> {
  try {
    await createSqliteJournal({ directory, storeId }).close();
    return 'DATA_DIR can be written to; it has to outlive the process';
  } catch (error) {
    throw new Ailment('DATA_DIR must be a directory that this user may write to, or may make', {
      cause: error,
    });
  }
}

async function examineStore(store: Store): Promise<string> {
  const dispatcher = createDispatcher(store.apiUrl);
  try {
    const ecwid = createEcwidClient({ ...store, dispatcher, log: createLog({ level: 'silent' }) });
    const { settings, formatsAndUnits } = await getProfile(ecwid);
    return `${settings?.storeName ?? 'without a name'}, ${formatsAndUnits?.currency ?? 'without a currency'}`;
  } catch (error) {
    throw new Ailment(howToMend(error), { cause: error });
  } finally {
    await dispatcher.close();
  }
}

function howToMend(error: unknown): string {
  if (error instanceof EcwidStatusError) {
    if (error.status === 403)
      return 'ECWID_TOKEN is not accepted for it: copy the secret token of the app anew';
    if (error.status === 404) return 'Ecwid knows none with the id in ECWID_STORE_ID';
    return `Ecwid answered with ${error.status}: try again later`;
  }
  if (error instanceof EcwidError && error.code === 'UPSTREAM_ERROR')
    return 'what answers at ECWID_API_URL is not the Ecwid API: leave it unset, unless it is a proxy';
  if (error instanceof EcwidError)
    return 'Ecwid cannot be reached: look at ECWID_API_URL, DNS, and what may be called from this machine';
  return 'the call failed';
}
