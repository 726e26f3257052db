/**
 * Where the REST API has another name than the schema, or the value inside an object: its path. Of two spellings the
 * one that the stand-in writes.
 */
export const wirePaths: Readonly<Record<string, string>> = {
  'Cart.id': 'cartId',
  'Cart.orderType': 'b2b_b2c',
  'Cart.predictedPackages': 'predictedPackage',
  'Cart.recoveryEmailSentDate': 'recoveryEmailSentTimestamp',
  'CartConnection.nodes': 'items',
  'OrderItem.selectedPrice': 'selectedPrice.value',
  'ShipmentTracking.trackingNumber': 'tracking_number',
  'ShipmentTracking.trackingUrl': 'tracking_url',
  'ShippingLabel.labelUrl': 'label_url',
};

/** Objects that are known by their id alone, which the REST API has in a field of what refers to them. */
export const entityIds: Readonly<Record<string, string>> = {
  'Cart.customer': 'customerId',
  'OrderItem.product': 'productId',
};
