import { createDispatcher } from '../ecwid/dispatcher.ts';
import { responseFields } from '../ecwid/response-fields.ts';
import { isId } from '../ecwid/tolerant.ts';
import type { Profile, SearchResult } from '../ecwid/wire.ts';
import { createScrubber } from '../log.ts';
import { type Asked, askEcwid, notEcwid, type Reply, type Store } from './ask-ecwid.ts';
import { examineConnection } from './examine-connection.ts';
import { type Finding, ill, open, well } from './finding.ts';

// Tokens are good for so much more or less than their time.
const mostAheadMs = 60_000;

/** The way to the API, and what it says to two calls that read: of the token, its scopes, the store and the time. */
export async function examineStore(store: Store): Promise<readonly Finding[]> {
  const connection = await examineConnection(store.apiUrl);
  if (connection.some(({ verdict }) => verdict === 'ill')) {
    return [
      ...connection,
      open('Ecwid', 'neither the API, token, scopes, store nor clock: there is no way to ask'),
    ];
  }
  const dispatcher = createDispatcher(store.apiUrl);
  try {
    const [profile, carts] = await Promise.all([
      askEcwid(dispatcher, store, {
        path: ['profile'],
        fields: new Map([
          ['generalInfo', responseFields('storeId')],
          ['settings', responseFields('storeName')],
          ['formatsAndUnits', responseFields('currency')],
        ]),
      }),
      askEcwid(dispatcher, store, { path: ['carts'], query: { limit: 1 }, fields: responseFields('total') }),
    ]);
    return [...connection, ...findingsOf(store, profile, carts)];
  } finally {
    await dispatcher.destroy();
  }
}

function findingsOf(store: Store, profile: Asked, carts: Asked): readonly Finding[] {
  const ofProfile = doubt(profile.reply, (body: Profile) => isId(body.generalInfo?.storeId));
  const ofCarts = doubt(carts.reply, (body: SearchResult<never>) => typeof body.total === 'number');
  const replies = [ofProfile, ofCarts];
  const token = tokenOf(store, replies);
  const isAccepted = token.verdict === 'well';
  return [
    apiOf(replies),
    token,
    scopeOf('read_store_profile', ofProfile, isAccepted),
    scopeOf('read_orders', ofCarts, isAccepted),
    open('update_orders', 'cannot be told without writing'),
    open('create_orders', 'cannot be told without writing'),
    storeOf(store, replies),
    clockOf(profile.aheadMs ?? carts.aheadMs),
  ];
}

/** The same reply, unless Ecwid would not answer so. */
function doubt<Body>(reply: Reply, isOfEcwid: (body: Body) => boolean): Reply {
  return reply.kind === 'granted' && !isOfEcwid(reply.body as Body) ? notEcwid : reply;
}

function apiOf(replies: readonly Reply[]): Finding {
  const trouble = replies.find(({ kind }) => kind === 'trouble');
  return trouble?.kind === 'trouble' ? ill('API', trouble) : well('API', 'it answers as Ecwid does');
}

function tokenOf({ token }: Store, replies: readonly Reply[]): Finding {
  const kinds = replies.map(({ kind }) => kind);
  if (kinds.includes('token-refused') || kinds.every((kind) => kind === 'forbidden')) {
    return ill('Token', {
      found: 'Ecwid refuses it',
      mend: 'Set ECWID_TOKEN to the secret token that the app has for the store in ECWID_STORE_ID.',
    });
  }
  if (!kinds.includes('granted') && !kinds.includes('scope-missing'))
    return open('Token', 'nothing is said of it');
  if (token.startsWith('public_')) {
    return ill('Token', {
      found: 'it is a public one, which reads no carts and no orders',
      mend: 'Set ECWID_TOKEN to the secret token of the same app.',
    });
  }
  return well('Token', 'Ecwid accepts it');
}

function scopeOf(scope: string, { kind }: Reply, isTokenAccepted: boolean): Finding {
  if (!isTokenAccepted) return open(scope, 'not told of this token');
  if (kind === 'granted') return well(scope, 'the token has it');
  if (kind === 'scope-missing' || kind === 'forbidden') {
    return ill(scope, {
      found: 'the token lacks it',
      mend: `Add ${scope} to the scopes of the app, and install it in the store anew.`,
    });
  }
  return open(scope, 'nothing is said of it');
}

function storeOf({ storeId, token }: Store, replies: readonly Reply[]): Finding {
  if (replies.some(({ kind }) => kind === 'store-unknown')) {
    return ill('Store', {
      found: `Ecwid knows no store ${storeId}`,
      mend: 'Set ECWID_STORE_ID to the id that the control panel of the store shows.',
    });
  }
  const [profile] = replies;
  if (profile?.kind !== 'granted') return open('Store', 'its profile cannot be read');
  const { generalInfo, settings, formatsAndUnits } = profile.body as Profile;
  if (String(generalInfo?.storeId) !== storeId) {
    return ill('Store', {
      found: `the token is of another store than ${storeId}`,
      mend: 'Set ECWID_STORE_ID and ECWID_TOKEN to those of one store.',
    });
  }
  const scrub = createScrubber([token]);
  const name = scrub(textOr('without a name', settings?.storeName));
  const currency = scrub(textOr('without a currency', formatsAndUnits?.currency));
  return well('Store', `${storeId}: ${name}, ${currency}`);
}

function clockOf(aheadMs: number | undefined): Finding {
  if (aheadMs === undefined) return open('Clock', 'the API tells no time to compare it with');
  if (Math.abs(aheadMs) <= mostAheadMs) return well('Clock', "within a minute of Ecwid's");
  return ill('Clock', {
    found: `${Math.round(Math.abs(aheadMs) / 1_000)} s ${aheadMs > 0 ? 'ahead of' : 'behind'} Ecwid's`,
    mend: 'Have NTP set the clock of this machine: by it tokens end, and dates are told.',
  });
}

function textOr(otherwise: string, value: unknown): string {
  return typeof value === 'string' && value.trim() !== '' ? value : otherwise;
}
