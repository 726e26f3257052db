import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { GatewayFigures } from './gateway-figures.ts';
import type { OriginAddress, OriginFigures, OriginQuestion } from './origin.ts';
import type { Weather } from './weather.ts';

export interface Origin extends OriginAddress {
  setWeather(weather: Weather): Promise<void>;
  figures(): Promise<OriginFigures>;
  end(): Promise<void>;
}

export interface Gateway {
  readonly origin: string;
  /** After its garbage was collected. */
  figures(): Promise<GatewayFigures>;
  /** What it has logged that nobody should have to read: errors that were not expected, and the end by one. */
  readonly complaints: readonly string[];
  isAlive(): boolean;
  end(): Promise<void>;
}

interface Child {
  readonly said: () => string;
  ask<Answer>(question: object): Promise<Answer>;
  isAlive(): boolean;
  end(): Promise<void>;
}

export async function startOrigin(perMinute: number): Promise<Origin> {
  const child = startChild('./origin.ts', { args: [String(perMinute)] });
  const ask = <Answer>(question: OriginQuestion) => child.ask<Answer>(question);
  return {
    ...(await ask<OriginAddress>({ ask: 'where' })),
    setWeather: (weather) => ask({ ask: 'weather', ...weather }),
    figures: () => ask({ ask: 'figures' }),
    end: child.end,
  };
}

/** Resolves when it is ready for callers. */
export async function startGateway(environment: Readonly<Record<string, string>>): Promise<Gateway> {
  const figures = new URL('./gateway-figures.ts', import.meta.url).href;
  const child = startChild('../../src/main.ts', {
    execArgv: ['--expose-gc', '--import', figures],
    environment: { PORT: '0', LOG_LEVEL: 'error', ...environment },
  });
  const listening = /GraphQL\s+(http:\/\/[\d.]+:\d+)\/graphql/;
  while (child.isAlive() && !listening.test(child.said())) await child.ask({});
  const [, origin] = listening.exec(child.said()) ?? [];
  if (!origin) throw new Error(`The gateway has not started, and said:\n${child.said()}`);
  return {
    origin,
    figures: () => child.ask({}),
    get complaints() {
      return child
        .said()
        .split('\n')
        .filter((line) => line.startsWith('{"level'));
    },
    isAlive: child.isAlive,
    end: child.end,
  };
}

interface ChildOptions {
  readonly args?: readonly string[];
  readonly execArgv?: string[];
  readonly environment?: Readonly<Record<string, string>>;
}

function startChild(file: string, { args = [], execArgv = [], environment = {} }: ChildOptions): Child {
  const { PATH = '', HOME = '' } = process.env;
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), args, {
    execArgv,
    env: { PATH, HOME, ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      said += chunk;
    });
  }
  const ended = new AbortController();
  child.once('close', () => ended.abort(new Error(`A process has ended, and said:\n${said}`)));
  return {
    said: () => said,
    async ask<Answer>(question: object) {
      ended.signal.throwIfAborted();
      child.send(question);
      const [answer] = await once(child, 'message', { signal: ended.signal });
      return answer as Answer;
    },
    isAlive: () => !ended.signal.aborted,
    async end() {
      if (ended.signal.aborted) return;
      child.kill();
      await once(child, 'close');
    },
  };
}
