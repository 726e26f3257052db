import { access } from './access.ts';
import type { Behaviour } from './behaviour.ts';
import { calculateOrder } from './calculate-order.ts';
import { calculateRequest } from './calculate-request.ts';
import { carts } from './carts.ts';
import { createOrder } from './create-order.ts';
import { filterCarts } from './filter-carts.ts';
import { orders } from './orders.ts';
import { placeCart } from './place-cart.ts';
import { profile } from './profile.ts';
import { requests } from './requests.ts';
import { responseFields } from './response-fields.ts';
import { searchCarts } from './search-carts.ts';
import { searchOrders } from './search-orders.ts';

/** Everything that the sandbox promises to do as Ecwid does. */
export const behaviours: readonly Behaviour[] = [
  ...access,
  ...requests,
  ...responseFields,
  ...searchCarts,
  ...filterCarts,
  ...carts,
  ...placeCart,
  ...orders,
  ...searchOrders,
  ...createOrder,
  ...calculateOrder,
  ...calculateRequest,
  ...profile,
];
