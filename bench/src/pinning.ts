import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** Where gateways run alone. Load and upstream have the other core. */
const gatewayCore = '0';
const otherCore = '1';

/** Keeps this process and all that it starts on the core that gateways are not on; false where that is impossible. */
export function leaveCoreToGateways(): boolean {
  if (availableParallelism() < 2) return false;
  return spawnSync('taskset', ['-acp', otherCore, String(process.pid)]).status === 0;
}

/** How to start Node on the gateways' core. */
export function nodeCommand(isPinned: boolean): readonly [string, ...string[]] {
  return isPinned ? ['taskset', '-c', gatewayCore, process.execPath] : [process.execPath];
}
