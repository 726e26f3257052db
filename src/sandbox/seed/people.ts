import type { JsonObject } from '../json.ts';
import type { Random } from '../random.ts';
import type { CustomerRecord } from '../store/records.ts';

const firstNames = [
  'Ada',
  'Ben',
  'Chloe',
  'Daniel',
  'Elena',
  'Femi',
  'Grace',
  'Hiro',
  'Ines',
  'Jonas',
  'Katrin',
  'Liam',
  'Mei',
  'Noah',
  'Olga',
  'Pedro',
  'Quinn',
  'Ravi',
  'Sofia',
  'Tariq',
  'Ulla',
  'Victor',
  'Wanda',
  'Yusuf',
  'Zoë',
];
const lastNames = [
  'Adams',
  'Brandt',
  'Costa',
  'Dubois',
  'Eriksen',
  'Fischer',
  'García',
  'Hughes',
  'Ivanova',
  'Jansen',
  'Kowalski',
  'Lindqvist',
  "O'Neill",
  'Moreau',
  'Novak',
  'Okafor',
  'Peters',
  'Rossi',
  'Schmidt',
  'Tanaka',
  'Usman',
  'Weber',
];
const streets = [
  'W 3d st',
  'Orchard Street',
  'Mill Lane\nApartment 4',
  'Broadway',
  'Harbor Road',
  'Elm Avenue',
];
const places = [
  { city: 'New York', postalCode: '10001', stateOrProvinceCode: 'NY', stateOrProvinceName: 'New York' },
  { city: 'Albany', postalCode: '12207', stateOrProvinceCode: 'NY', stateOrProvinceName: 'New York' },
  { city: 'San Diego', postalCode: '92101', stateOrProvinceCode: 'CA', stateOrProvinceName: 'California' },
  { city: 'Chicago', postalCode: '60601', stateOrProvinceCode: 'IL', stateOrProvinceName: 'Illinois' },
  { city: 'Austin', postalCode: '78701', stateOrProvinceCode: 'TX', stateOrProvinceName: 'Texas' },
] as const;

/** A shopper as the store knows one: a registered customer has an id, a guest has none. */
export interface Shopper {
  readonly email: string;
  readonly person: JsonObject;
  readonly customer?: {
    readonly id: number;
    /** The group that the store grants discounts to. */
    readonly isGold: boolean;
    readonly isTaxExempt: boolean;
  };
}

/** A person's address as Ecwid fills it in. */
export function createPerson(name: string, streetAndPlace: number): JsonObject {
  const [firstName = '', ...rest] = name.split(' ');
  return {
    name,
    firstName,
    lastName: rest.join(' '),
    street: `${10 + streetAndPlace} ${streets[streetAndPlace % streets.length]}`,
    countryCode: 'US',
    countryName: 'United States',
    ...places[streetAndPlace % places.length],
    phone: `+1212555${String(1000 + streetAndPlace)}`,
  };
}

/** In the domain that RFC 2606 keeps free: nobody's mailbox. */
export function emailOf(name: string): string {
  const letters = name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z ]/g, '');
  return `${letters.replaceAll(' ', '.')}@example.com`;
}

export function createGuest(random: Random): Shopper {
  const name = `${random.pick(firstNames)} ${random.pick(lastNames)}`;
  return { email: emailOf(name), person: createPerson(name, random.integer(0, 999)) };
}

/** The store's registered customers, some of them with the privileges that shops grant. */
export const customers: readonly Shopper[] = firstNames.map((firstName, index) => {
  const name = `${firstName} ${lastNames[(index * 7) % lastNames.length]}`;
  return {
    email: emailOf(name),
    person: createPerson(name, index * 37),
    customer: { id: 15319420 + index, isGold: index % 4 === 0, isTaxExempt: index % 9 === 5 },
  };
});

/** The one group of customers that the store has. */
export const gold = { customerGroupId: 12345, customerGroup: 'Gold' } as const;

function register(
  id: number,
  email: string,
  name: string,
  isGold: boolean,
  isTaxExempt: boolean,
): CustomerRecord {
  return {
    id,
    email,
    name,
    ...(isGold ? gold : { customerGroupId: null, customerGroup: null }),
    isTaxExempt,
    orderCount: 0,
    updateDate: '2025-06-30 22:14:09 +0000',
  };
}

/** Those customers as the store keeps them, and those of the documentation's carts and of the fullest one. */
export const registeredCustomers: readonly CustomerRecord[] = [
  register(15319410, 'johnsmith@example.com', 'John Smith', true, false),
  register(15319411, 'mary.watson@example.com', 'Mary Watson', true, false),
  register(15319412, 'fiona.full@example.com', 'Fiona Full', true, false),
  ...customers.flatMap(({ email, person, customer }) =>
    customer
      ? [register(customer.id, email, String(person.name), customer.isGold, customer.isTaxExempt)]
      : [],
  ),
];
