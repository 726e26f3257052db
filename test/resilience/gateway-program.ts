import { main, type Program, start } from '../program.ts';
import { markedToken } from '../running-gateway.ts';
import type { AskedGateway } from './honest-answer.ts';

export interface GatewayProgram extends AskedGateway {
  readonly child: Program['child'];
  /** The most memory that it has taken so far. */
  peakBytes(): Promise<number>;
}

/**
 * A gateway in a process of its own, as in production but for the time of a query, a second by default. `preloaded` is
 * a module that it runs before.
 */
export async function startGatewayProgram(
  apiUrl: string,
  { preloaded = '', querySeconds = 1 }: { readonly preloaded?: string; readonly querySeconds?: number } = {},
): Promise<GatewayProgram> {
  const module = `${preloaded}
    let asked = 0;
    process.on('SIGUSR2', () => console.log('peak ' + ++asked + ': ' + process.resourceUsage().maxRSS + ' kB'));`;
  const program = start(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(module)}`, main],
    {
      ECWID_API_URL: apiUrl,
      ECWID_STORE_ID: '1003',
      ECWID_TOKEN: markedToken,
      LIMITS: `querySeconds=${querySeconds}`,
      RATE_LIMIT: 'off',
    },
  );
  const [, url = ''] = await program.says(/Graphi?QL\s+(http:\/\/[\d.]+:\d+\/graphql)/);
  let asked = 0;
  return {
    url,
    child: program.child,
    get logLines() {
      return program
        .said()
        .split('\n')
        .filter((line) => line.startsWith('{"level'));
    },
    async peakBytes() {
      asked += 1;
      program.child.kill('SIGUSR2');
      const [, kilobytes] = await program.says(new RegExp(`peak ${asked}: (\\d+) kB`));
      return Number(kilobytes) * 1024;
    },
  };
}
