import { z } from 'zod';
import { type PlacingWay, placingWays, type Requirement, requirements } from './checkout/settings.ts';
import { type LogLevel, logLevels } from './log.ts';

export interface Config {
  /** Absent where no store is configured: then the gateway serves its embedded sandbox. */
  readonly store?: {
    readonly storeId: string;
    readonly token: string;
    readonly apiUrl: URL;
  };
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly logLevel: LogLevel;
  /** Where the journal of orders is kept. The sandbox's is as temporary as the sandbox. */
  readonly dataDir: string;
  /** What a cart has to have before it is placed, besides items. */
  readonly placeOrderRequire: readonly Requirement[];
  readonly placeOrderVia: PlacingWay;
}

/** One message with a line for each variable that is wrong; values are left out, since any may be a secret. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';

  constructor(problems: readonly string[]) {
    super(['The configuration is not usable:', ...problems.map((problem) => `  ${problem}`)].join('\n'));
  }
}

const variables = z
  .object({
    ECWID_STORE_ID: z
      .string()
      .regex(/^\d{1,18}$/, 'must be the digits of a store id')
      .optional(),
    ECWID_TOKEN: z
      .string()
      .regex(/^[\x21-\x7e]+$/, 'must be an access token without spaces or line breaks')
      .optional(),
    ECWID_API_URL: z
      .string()
      .refine(isApiUrl, 'must be an http or https URL without credentials, query and fragment')
      .optional(),
    HOST: z
      .string()
      .regex(/^[\w.:-]+$/, 'must be a host name or address')
      .default('127.0.0.1'),
    PORT: z
      .string()
      .regex(/^\d{1,5}$/, 'must be a whole number from 0 to 65535')
      .transform(Number)
      .refine((port) => port <= 65_535, 'must be a whole number from 0 to 65535')
      .optional(),
    DATA_DIR: z.string().default('data'),
    PLACE_ORDER_REQUIRE: z.string().default(requirements.join(',')).transform(readRequirements),
    PLACE_ORDER_VIA: z.enum(placingWays, `must be one of ${placingWays.join(', ')}`).default('direct'),
    LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(', ')}`).default('info'),
  })
  .refine(({ ECWID_STORE_ID, ECWID_TOKEN }) => ECWID_STORE_ID === undefined || ECWID_TOKEN !== undefined, {
    path: ['ECWID_TOKEN'],
    message: 'is missing: the store in ECWID_STORE_ID cannot be read without one',
    when: () => true,
  })
  .refine(
    ({ ECWID_STORE_ID, ECWID_TOKEN, ECWID_API_URL }) =>
      ECWID_STORE_ID !== undefined || (ECWID_TOKEN === undefined && ECWID_API_URL === undefined),
    {
      path: ['ECWID_STORE_ID'],
      message: 'is missing: ECWID_TOKEN and ECWID_API_URL are of no use without a store',
      when: () => true,
    },
  );

const defaultApiUrl = 'https://app.ecwid.com/api/v3';

/**
 * The configuration that the environment asks for. A variable set to an empty text counts as unset.
 * @throws ConfigurationError which names every wrong variable
 */
export function readConfig({
  defaultPort,
  environment = process.env,
}: {
  readonly defaultPort: number;
  readonly environment?: Readonly<Record<string, string | undefined>>;
}): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()));
  const result = variables.safeParse(given);
  if (!result.success) {
    throw new ConfigurationError(
      result.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`),
    );
  }
  const { ECWID_STORE_ID, ECWID_TOKEN, ECWID_API_URL, HOST, PORT, LOG_LEVEL } = result.data;
  const { DATA_DIR, PLACE_ORDER_REQUIRE, PLACE_ORDER_VIA } = result.data;
  return {
    ...(ECWID_STORE_ID && ECWID_TOKEN
      ? {
          store: {
            storeId: ECWID_STORE_ID,
            token: ECWID_TOKEN,
            apiUrl: new URL(ECWID_API_URL ?? defaultApiUrl),
          },
        }
      : {}),
    host: HOST,
    port: PORT ?? defaultPort,
    logLevel: LOG_LEVEL,
    dataDir: DATA_DIR,
    placeOrderRequire: PLACE_ORDER_REQUIRE,
    placeOrderVia: PLACE_ORDER_VIA,
  };
}

function readRequirements(text: string, context: z.RefinementCtx): readonly Requirement[] {
  const names = text.split(',').map((name) => name.trim());
  if (names.length === 1 && names[0] === 'none') return [];
  const known = requirements.filter((requirement) => names.includes(requirement));
  if (known.length !== new Set(names).size) {
    context.addIssue(`must be some of ${requirements.join(', ')} with commas between them, or none`);
  }
  return known;
}

function isApiUrl(text: string): boolean {
  const url = URL.parse(text);
  return (
    url !== null &&
    /^https?:$/.test(url.protocol) &&
    url.username === '' &&
    url.password === '' &&
    url.search === '' &&
    url.hash === ''
  );
}
