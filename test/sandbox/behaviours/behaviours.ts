import { access } from './access.ts';
import { batch } from './batch.ts';
import type { Behaviour } from './behaviour.ts';
import { calculateOrder } from './calculate-order.ts';
import { calculateRequest } from './calculate-request.ts';
import { carts } from './carts.ts';
import { changeOrders } from './change-orders.ts';
import { createOrder } from './create-order.ts';
import { filterCarts } from './filter-carts.ts';
import { filterOrders } from './filter-orders.ts';
import { limits } from './limits.ts';
import { orderPapers } from './order-papers.ts';
import { orders } from './orders.ts';
import { placeCart } from './place-cart.ts';
import { profile } from './profile.ts';
import { requests } from './requests.ts';
import { responseFields } from './response-fields.ts';
import { searchCarts } from './search-carts.ts';
import { searchOrders } from './search-orders.ts';
import { storedOrders } from './stored-orders.ts';

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
  ...filterOrders,
  ...createOrder,
  ...storedOrders,
  ...changeOrders,
  ...orderPapers,
  ...calculateOrder,
  ...calculateRequest,
  ...batch,
  ...limits,
  ...profile,
];
