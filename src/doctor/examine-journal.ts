import { mkdtemp, open as openFile, rmdir, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { journalFile } from '../checkout/sqlite-journal.ts';
import { type Finding, ill, well } from './finding.ts';

/** Whether the journal of a store can be kept, of which nothing is made yet. */
export async function examineJournal(directory: string, storeId: string): Promise<Finding> {
  const subject = 'Journal';
  const path = resolve(directory);
  const isThere = await stat(directory).then(
    (found) => found.isDirectory() || null,
    () => false,
  );
  if (isThere === null) {
    return ill(subject, {
      found: 'DATA_DIR is no directory',
      mend: 'Set DATA_DIR to one, on a disk of this machine.',
    });
  }
  if (!(await mayWriteIn(isThere ? directory : dirname(directory)))) {
    return ill(subject, {
      found: `DATA_DIR cannot be ${isThere ? 'written to' : 'made'}`,
      mend: 'Set DATA_DIR to a directory that this user may write to, or give this one to the user.',
    });
  }
  if (!(await isJournal(journalFile(directory, storeId)))) {
    return ill(subject, {
      found: 'the file of the journal in DATA_DIR cannot be used',
      mend: 'Give it to this user. If it is damaged, put it back from a backup: it knows which carts are placed.',
    });
  }
  return well(subject, isThere ? `DATA_DIR can be written to: ${path}` : `DATA_DIR would be made: ${path}`);
}

/** Whether there is a place for the journal of a sandbox. */
export async function examineTemporaryDirectory(): Promise<Finding> {
  const directory = tmpdir();
  if (await mayWriteIn(directory))
    return well('Journal', `of the sandbox, for as long as it runs: ${directory}`);
  return ill('Journal', {
    found: 'TMPDIR cannot be written to',
    mend: 'Set TMPDIR to a directory that this user may write to: there is the journal of a sandbox.',
  });
}

// Permissions do not tell all: file systems that are read only, or full, refuse as well.
async function mayWriteIn(directory: string): Promise<boolean> {
  try {
    await rmdir(await mkdtemp(join(directory, '.ecwid-graphql-')));
    return true;
  } catch {
    return false;
  }
}

/** Or not there yet. Looks no further than where each file of SQLite begins, since opening it may change it. */
async function isJournal(file: string): Promise<boolean> {
  try {
    const handle = await openFile(file, 'r+');
    try {
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(16), 0, 16, 0);
      return bytesRead === 0 || buffer.toString('latin1') === 'SQLite format 3\0';
    } finally {
      await handle.close();
    }
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT';
  }
}
