import { createBatch, getBatch } from './batch/batch.ts';
import { calculateOrder } from './calculate/calculate-order.ts';
import { getCart, placeCart, searchCarts, updateCart } from './carts/carts.ts';
import { getCustomer } from './customers.ts';
import type { Endpoint } from './endpoint.ts';
import { getLatestStats } from './latest-stats.ts';
import { createOrder } from './orders/create-order.ts';
import { getInvoice } from './orders/invoice.ts';
import { deleteOptionFile, deleteOptionFiles, uploadOptionFile } from './orders/option-files.ts';
import { deleteOrder, getLastOrder, getOrder, searchDeletedOrders, searchOrders } from './orders/orders.ts';
import { updateOrder } from './orders/update-order.ts';
import { getProduct } from './products.ts';
import { getProfile, updateProfile } from './profile.ts';

const option = '/orders/:orderId/items/:itemId/options/:optionName';

/** Everything that the sandbox answers. Of two paths that match, the first one counts. */
export const endpoints: readonly Endpoint[] = [
  { method: 'GET', path: '/carts', scope: 'read_orders', handle: searchCarts },
  { method: 'GET', path: '/carts/:cartId', scope: 'read_orders', handle: getCart },
  { method: 'PUT', path: '/carts/:cartId', scope: 'update_orders', handle: updateCart },
  { method: 'POST', path: '/carts/:cartId/place', scope: 'create_orders', handle: placeCart },
  {
    method: 'POST',
    path: '/order/calculate',
    scope: 'read_store_profile',
    isPublic: true,
    handle: calculateOrder,
  },
  { method: 'GET', path: '/orders', scope: 'read_orders', handle: searchOrders },
  { method: 'POST', path: '/orders', scope: 'create_orders', isPublic: true, handle: createOrder },
  { method: 'GET', path: '/orders/last', scope: 'read_orders', handle: getLastOrder },
  { method: 'GET', path: '/orders/deleted', scope: 'read_orders', handle: searchDeletedOrders },
  { method: 'GET', path: '/orders/:orderId', scope: 'read_orders', handle: getOrder },
  { method: 'PUT', path: '/orders/:orderId', scope: 'update_orders', handle: updateOrder },
  { method: 'DELETE', path: '/orders/:orderId', scope: 'update_orders', handle: deleteOrder },
  { method: 'GET', path: '/orders/:orderId/invoice', scope: 'read_orders', handle: getInvoice },
  { method: 'POST', path: option, scope: 'update_orders', takesFile: true, handle: uploadOptionFile },
  { method: 'DELETE', path: `${option}/files`, scope: 'update_orders', handle: deleteOptionFiles },
  { method: 'DELETE', path: `${option}/files/:fileId`, scope: 'update_orders', handle: deleteOptionFile },
  { method: 'GET', path: '/customers/:customerId', scope: 'read_customers', handle: getCustomer },
  {
    method: 'GET',
    path: '/products/:productId',
    scope: 'read_catalog',
    isPublic: true,
    handle: getProduct,
  },
  { method: 'GET', path: '/profile', scope: 'read_store_profile', isPublic: true, handle: getProfile },
  { method: 'PUT', path: '/profile', scope: 'update_store_profile', handle: updateProfile },
  { method: 'GET', path: '/latest-stats', scope: 'read_store_profile', handle: getLatestStats },
  // What a batch needs is for the requests in it to say.
  { method: 'POST', path: '/batch', scope: null, handle: createBatch },
  { method: 'GET', path: '/batch', scope: null, handle: getBatch },
];
