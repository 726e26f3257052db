import { once } from 'node:events';
import { createServer } from 'node:net';
import { listeningRefusal, nodeRefusal } from '../start-refusals.ts';
import { type Finding, ill, well } from './finding.ts';

export function examineNode(version: string): Finding {
  const refusal = nodeRefusal(version);
  return refusal ? ill('Node', refusal) : well('Node', version);
}

export interface Address {
  readonly host: string;
  readonly port: number;
  /** The variable that holds the port. */
  readonly variable: 'PORT' | 'METRICS_PORT';
}

/** Listens for a moment where the gateway would. */
export async function examineAddress(subject: string, { host, port, variable }: Address): Promise<Finding> {
  const server = createServer();
  try {
    await once(server.listen({ host, port }), 'listening');
    return well(subject, port === 0 ? `${host}, any free port` : `${host}, port ${port}: free`);
  } catch (error) {
    const refusal = listeningRefusal(error);
    if (!refusal) throw error;
    const isTaken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
    const unless = isTaken ? ' If it is this gateway, already running, all is well.' : '';
    return ill(subject, { ...refusal, mend: refusal.mend.replace('PORT', variable) + unless });
  } finally {
    server.close();
  }
}
