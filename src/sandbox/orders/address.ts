import { asText, fieldOf, type JsonObject } from '../json.ts';

const countryNames = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });

const states: Readonly<Record<string, string>> = {
  AL: 'Alabama',
  AK: 'Alaska',
  AZ: 'Arizona',
  AR: 'Arkansas',
  CA: 'California',
  CO: 'Colorado',
  CT: 'Connecticut',
  DE: 'Delaware',
  DC: 'District of Columbia',
  FL: 'Florida',
  GA: 'Georgia',
  HI: 'Hawaii',
  ID: 'Idaho',
  IL: 'Illinois',
  IN: 'Indiana',
  IA: 'Iowa',
  KS: 'Kansas',
  KY: 'Kentucky',
  LA: 'Louisiana',
  ME: 'Maine',
  MD: 'Maryland',
  MA: 'Massachusetts',
  MI: 'Michigan',
  MN: 'Minnesota',
  MS: 'Mississippi',
  MO: 'Missouri',
  MT: 'Montana',
  NE: 'Nebraska',
  NV: 'Nevada',
  NH: 'New Hampshire',
  NJ: 'New Jersey',
  NM: 'New Mexico',
  NY: 'New York',
  NC: 'North Carolina',
  ND: 'North Dakota',
  OH: 'Ohio',
  OK: 'Oklahoma',
  OR: 'Oregon',
  PA: 'Pennsylvania',
  RI: 'Rhode Island',
  SC: 'South Carolina',
  SD: 'South Dakota',
  TN: 'Tennessee',
  TX: 'Texas',
  UT: 'Utah',
  VT: 'Vermont',
  VA: 'Virginia',
  WA: 'Washington',
  WV: 'West Virginia',
  WI: 'Wisconsin',
  WY: 'Wyoming',
};

/**
 * An address as Ecwid gives it back: the names of country and state are derived from their codes, the first and
 * last name from the whole one, and what was sent for these is not believed. States are named for the United
 * States alone; elsewhere a state keeps the name it was sent with.
 */
export function adjustAddress(person: JsonObject): JsonObject {
  const { name, countryCode, stateOrProvinceCode } = textsOf(person);
  const [firstName = '', ...rest] = (name ?? '').trim().split(/\s+/);
  const country = countryCode === undefined ? undefined : nameOfCountry(countryCode);
  const state =
    countryCode === 'US' && stateOrProvinceCode !== undefined && Object.hasOwn(states, stateOrProvinceCode)
      ? states[stateOrProvinceCode]
      : undefined;
  return {
    ...person,
    ...(name !== undefined && { firstName, lastName: rest.join(' ') }),
    ...(country !== undefined && { countryName: country }),
    ...(state !== undefined && { stateOrProvinceName: state }),
  };
}

function textsOf(person: JsonObject) {
  const text = (field: string) => asText(fieldOf(person, field));
  return {
    name: text('name'),
    countryCode: text('countryCode'),
    stateOrProvinceCode: text('stateOrProvinceCode'),
  };
}

function nameOfCountry(code: string): string | undefined {
  return /^[A-Z]{2}$/.test(code) ? countryNames.of(code) : undefined;
}
