import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

const ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** Time that a process, all its threads and its children have had of any core so far, in ms: user and system. */
export function cpuMs(pid: number): number {
  return processes(pid).reduce((sum, one) => sum + ownCpuMs(one), 0);
}

/** The most memory that a process and its children have had, in MB. */
export function peakMemoryMb(pid: number): number {
  return processes(pid).reduce((sum, one) => {
    const status = readFileSync(`/proc/${one}/status`, 'utf8');
    return sum + Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1_024;
  }, 0);
}

function processes(pid: number): readonly number[] {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  );
  return [pid, ...children.flatMap(processes)];
}

function ownCpuMs(pid: number): number {
  // The name of the program, in brackets, may have spaces in it. User and system, and those of children that ended.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) * 1_000) / ticksPerSecond;
}
