import type { Customer } from './customers.ts';

/** Some of those who have carts and orders in the sandbox. */
export const people: readonly Customer[] = [
  {
    id: '15319410',
    name: 'John Smith',
    cartIds: ['6626E60A-A6F9-4CD5-8230-43D5F162E0CD'],
  },
  {
    id: '15319412',
    name: 'Fiona Full',
    cartIds: ['5A0DB0C5-0000-4000-8000-000000000021'],
    orderIds: ['RCVR3'],
  },
];
