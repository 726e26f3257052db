/**
 * The fields that Ecwid's documents and its own client name for each object, older spellings included, by the type
 * of this schema that stands for the object. The one left out is `adminUrl` of an item's file: it carries an
 * access token.
 */
export const documentedFields: Readonly<Record<string, readonly string[]>> = {
  Cart: words(`
    cartId subtotal subtotalWithoutTax total totalWithoutTax usdTotal refundedAmount tax discount
    couponDiscount volumeDiscount membershipBasedDiscount totalAndMembershipBasedDiscount
    discountInfo discountCoupon giftCardRedemption totalBeforeGiftCardRedemption
    giftCardDoubleSpending giftCardCode giftCardUuid giftCardId customSurcharges handlingFee
    shippingOption taxesOnShipping predictedPackages pricesIncludeTax paymentStatus
    fulfillmentStatus paymentMethod paymentModule paymentParams paymentMessage creditCardStatus
    externalTransactionId email ipAddress customerId customerGroup customerGroupId customerTaxExempt
    customerTaxIdValid reversedTaxApplied customerTaxId b2b_b2c customerRequestedInvoice
    customerFiscalCode electronicInvoicePecEmail electronicInvoiceSdiCode acceptMarketing
    orderComments privateAdminNotes items billingPerson shippingPerson hidden createDate updateDate
    createTimestamp updateTimestamp pickupTime refererUrl globalReferer affiliateId refererId
    trackingNumber trackingUrl additionalInfo extraFields orderExtraFields externalFulfillment
    externalOrderId disableAllCustomerNotifications refunds shipments
    shippingLabelAvailableForShipment invoices utmData utmDataSets lang customerUserAgent
    recoveredOrderId recoveredPublicUid recoveryEmailSentTimestamp recovered_order_id
    recovery_email_sent_timestamp
  `),
  Order: words(`
    id internalId orderNumber vendorOrderNumber publicUid subtotal subtotalWithoutTax total
    totalWithoutTax usdTotal refundedAmount tax discount couponDiscount volumeDiscount
    membershipBasedDiscount totalAndMembershipBasedDiscount customDiscount discountInfo
    discountCoupon giftCardRedemption totalBeforeGiftCardRedemption giftCardDoubleSpending
    giftCardCode giftCardUuid giftCardId customSurcharges handlingFee shippingOption
    availableShippingOptions availableTaxes taxesOnShipping predictedPackage predictedPackages
    pricesIncludeTax paymentStatus fulfillmentStatus paymentMethod paymentModule paymentParams
    paymentMessage paymentSubtype paymentReference creditCardStatus externalTransactionId
    externalTransactionUrl referenceTransactionId ebayId email ipAddress customerId customerGroup
    customerGroupId customerTaxExempt customerTaxIdValid reversedTaxApplied customerTaxId b2b_b2c
    customerRequestedInvoice customerFiscalCode electronicInvoicePecEmail electronicInvoiceSdiCode
    acceptMarketing orderComments privateAdminNotes items billingPerson shippingPerson hidden
    createDate updateDate createTimestamp updateTimestamp latestShipDate latestDeliveryDate
    pickupTime refererUrl globalReferer affiliateId refererId trackingNumber trackingUrl
    additionalInfo extraFields orderExtraFields externalFulfillment externalOrderId
    externalOrderData disableAllCustomerNotifications refunds shipments
    shippingLabelAvailableForShipment invoices utmData utmDataSets lang customerUserAgent ticket
    loyalty storeCredit withdrawalRequested
  `),
  CalculatedOrder: words(`
    orderNumber vendorOrderNumber subtotal subtotalWithoutTax total totalWithoutTax usdTotal
    refundedAmount tax discount couponDiscount volumeDiscount membershipBasedDiscount
    totalAndMembershipBasedDiscount customDiscount discountInfo discountCoupon giftCardRedemption
    totalBeforeGiftCardRedemption giftCardDoubleSpending giftCardCode giftCardUuid giftCardId
    customSurcharges handlingFee shippingOption availableShippingOptions availableTaxes
    taxesOnShipping predictedPackage predictedPackages pricesIncludeTax paymentStatus
    fulfillmentStatus paymentMethod paymentModule paymentParams paymentMessage creditCardStatus
    externalTransactionId email ipAddress customerId customerGroup customerGroupId customerTaxExempt
    customerTaxIdValid reversedTaxApplied customerTaxId b2b_b2c customerRequestedInvoice
    customerFiscalCode electronicInvoicePecEmail electronicInvoiceSdiCode acceptMarketing
    orderComments privateAdminNotes items billingPerson shippingPerson hidden createDate updateDate
    createTimestamp updateTimestamp pickupTime refererUrl globalReferer affiliateId refererId
    trackingNumber additionalInfo extraFields orderExtraFields externalFulfillment externalOrderId
    externalOrderData disableAllCustomerNotifications refunds shipments
    shippingLabelAvailableForShipment invoices utmData utmDataSets lang customerUserAgent ticket
  `),
  OrderItem: words(`
    id productId categoryId combinationId name sku shortDescription nameTranslated
    shortDescriptionTranslated quantity quantityInStock price priceWithoutTax productPrice costPrice
    weight fixedShippingRate shipping handlingFee tax couponApplied couponAmount discounts
    discountsAllowed taxable isShippingRequired trackQuantity fixedShippingRateOnly digital
    productAvailable giftCard isPreorder isCustomerSetPrice selectedPrice imageUrl smallThumbnailUrl
    hdThumbnailUrl selectedOptions taxes taxesOnShipping files dimensions attributes
    recurringChargeSettings subscriptionId taxClassCode taxAlreadyDeductedFromPrice recurringTaxIds
    compositeComponents externalReferenceId productDimensions
  `),
  OrderItemOption: words(`
    name nameTranslated type value valueTranslated valuesArray valuesArrayTranslated selections
    files hexCodes changedTime
  `),
  OrderItemOptionSelection: words(`
    selectionTitle selectionModifier selectionModifierType
  `),
  OrderItemOptionFile: words(`
    id name size url
  `),
  OrderItemTax: words(`
    name value total taxOnDiscountedSubtotal taxOnShipping taxOnHandlingFee includeInPrice
    sourceTaxRateId sourceTaxRateType taxType taxClassCode taxClassName
  `),
  AppliedTax: words(`
    name value total includeInPrice taxType
  `),
  OrderItemDiscount: words(`
    discountInfo total
  `),
  DiscountInfo: words(`
    id value type base orderTotal order_total description membershipId appliesToProducts
    appliesToItems appliesToOrderItems triggeredByOrderItems appliesToShippingMethodId
  `),
  DiscountCouponInfo: words(`
    id name code discountType status discount launchDate expirationDate totalLimit usesLimit
    applicationLimit repeatCustomerOnly creationDate updateDate orderCount catalogLimit
    shippingLimit
  `),
  DiscountCouponCatalogLimit: words(`
    products categories
  `),
  DiscountCouponShippingLimit: words(`
    shippingMethods
  `),
  PersonInfo: words(`
    name firstName lastName companyName street city countryCode countryName postalCode
    stateOrProvinceCode stateOrProvinceName phone email
  `),
  ShippingOptionInfo: words(`
    shippingMethodId shippingCarrierName shippingMethodName shippingRate shippingRateWithoutTax
    discountedShippingRate estimatedTransitTime isPickup pickupInstruction fulfillmentType
    fulfilmentType isShippingLimit timeSlotLengthInMinutes scheduled scheduledTimePrecisionType
    pickupPrecisionType locationId localizedLabel discount
  `),
  ShippingDiscountInfo: words(`
    id value type base orderTotal description appliesToItems appliesToOrderItems
    triggeredByOrderItems appliesToShippingMethodId
  `),
  HandlingFeeInfo: words(`
    name value valueWithoutTax description taxes
  `),
  CustomSurcharge: words(`
    id value type total totalWithoutTax description descriptionTranslated taxable taxes
  `),
  TaxInfo: words(`
    id name enabled includeInPrice useShippingAddress taxShipping appliedByDefault defaultTax rules
  `),
  TaxRule: words(`
    zoneId tax
  `),
  PredictedPackage: words(`
    length width height weight declaredValue
  `),
  ProductDimensions: words(`
    length width height
  `),
  OrderItemProductFile: words(`
    productFileId maxDownloads remainingDownloads expire name description size customerUrl
  `),
  OrderItemAttribute: words(`
    id name value nameTranslated valueTranslated
  `),
  CompositeComponent: words(`
    productId combinationId quantity
  `),
  RecurringChargeSettings: words(`
    recurringInterval recurringIntervalCount subscriptionPriceWithSignUpFee signUpFee
  `),
  Refund: words(`
    date source reason amount
  `),
  Shipment: words(`
    id created shipTo shipFrom parcel shippingService tracking shippingLabel label
  `),
  ShipmentParcel: words(`
    weight weightUnit width height length dimensionUnit template
  `),
  ShippingService: words(`
    carrier carrierName carrierServiceName carrierServiceCode
  `),
  ShipmentTracking: words(`
    tracking_number trackingNumber tracking_url trackingUrl estimatedDays
  `),
  ShippingLabel: words(`
    label_url labelUrl labelFileType commercialInvoiceUrl billingTransactionId
  `),
  UtmData: words(`
    source campaign medium mcEid mcCid
  `),
  UtmDataSet: words(`
    timestamp source campaign medium
  `),
  OrderExtraField: words(`
    id value customerInputType title orderDetailsDisplaySection orderBy
  `),
  CreditCardStatus: words(`
    avsMessage cvvMessage
  `),
  Invoice: words(`
    internalId id created link type
  `),
  ExternalOrderData: words(`
    externalOrderId externalFulfillment refererId refererChannel platformSpecificFields
  `),
  Loyalty: words(`
    earned balance redemption customerEnabled
  `),
  StoreCredit: words(`
    balance refund redemption
  `),
  Redemption: words(`
    id amount cancelled
  `),
};

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}
