#!/usr/bin/env node
import * as modules from 'node:module';
import { join } from 'node:path';

// What Node has made of the files once is kept beside them, so that the next start takes half the time. Not where it
// would be by default: what lies in a directory that others may write to is not to be run. A Node too old for it has to
// get as far as the doctor, who says so.
modules.enableCompileCache?.(join(import.meta.dirname, '../node_modules/.cache/ecwid-graphql'));

const { runCommandLine } = await import('./command-line.ts');
await runCommandLine();
