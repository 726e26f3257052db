import type { ComponentChildren } from 'preact';
import { type FragmentType, readFragment } from './generated/fragment-masking.ts';
import { graphql } from './generated/gql.ts';
import type { AddressFragment } from './generated/graphql.ts';
import { formatMoney } from './money.ts';

const Address = graphql(`
  fragment Address on PersonInfo {
    name
    companyName
    street
    city
    postalCode
    stateOrProvinceName
    countryName
    countryCode
  }
`);

const CartDetailsFragment = graphql(`
  fragment CartDetails on OrderDetails {
    items {
      id
      name
      quantity
      price
      selectedOptions {
        name
        value
      }
    }
    subtotal
    discount
    couponDiscount
    discountCoupon {
      code
    }
    handlingFee {
      name
      value
    }
    customSurcharges {
      description
      total
    }
    tax
    pricesIncludeTax
    giftCardRedemption
    total
    shippingOption {
      shippingMethodName
      shippingRate
      discountedShippingRate
      isPickup
      estimatedTransitTime
    }
    shippingPerson {
      ...Address
    }
    billingPerson {
      ...Address
    }
    paymentMethod
    email
  }
`);

interface Props {
  readonly cart: FragmentType<typeof CartDetailsFragment>;
  readonly currency: string | null;
}

export function CartDetails({ cart, currency }: Props) {
  const details = readFragment(CartDetailsFragment, cart);
  const { items, shippingOption: shipping, shippingPerson, billingPerson } = details;
  const money = (amount: number | null | undefined) => formatMoney(amount, currency);
  // Where one is below nothing, it is what comes on top.
  const off = (amount: number | null | undefined) => (amount ? money(-amount) : null);
  const coupon = details.discountCoupon?.code;

  /** What goes into the total, as the store has found it out: nothing is computed here. */
  const lines: readonly (readonly [ComponentChildren, string | null])[] = [
    ['Subtotal', money(details.subtotal)],
    ['Discounts', off(details.discount)],
    [<>Coupon {coupon && <bdi>{coupon}</bdi>}</>, off(details.couponDiscount)],
    ['Shipping', shipping && money(shipping.discountedShippingRate ?? shipping.shippingRate)],
    [
      <bdi>{details.handlingFee?.name ?? 'Handling'}</bdi>,
      details.handlingFee?.value ? money(details.handlingFee.value) : null,
    ],
    ...details.customSurcharges.map(
      ({ description, total }) => [<bdi>{description ?? 'Surcharge'}</bdi>, money(total)] as const,
    ),
    [details.pricesIncludeTax ? 'Tax, included' : 'Tax', money(details.tax)],
    ['Gift card', off(details.giftCardRedemption)],
  ];

  return (
    <div class="cart">
      <section aria-labelledby="items">
        <h2 id="items">Items</h2>
        {items.length === 0 && <p>There is nothing in this cart.</p>}
        {/* biome-ignore lint/a11y/noRedundantRoles: Safari takes a list without bullets for none. */}
        <ul class="items" role="list">
          {items.map(({ name, quantity, price, selectedOptions }, place) => (
            <li key={place}>
              <span>
                <bdi>{name ?? 'An item'}</bdi>
                {selectedOptions.map((option, place) => (
                  <small key={place}>
                    <bdi>{option.name}</bdi>: <bdi>{option.value}</bdi>
                  </small>
                ))}
              </span>
              <span>
                {quantity} × <bdi>{money(price)}</bdi>
              </span>
            </li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="totals">
        <h2 id="totals">Totals</h2>
        <dl class="totals">
          {lines.map(
            ([name, amount], place) =>
              amount && (
                <div key={place}>
                  <dt>{name}</dt>
                  <dd>
                    <bdi>{amount}</bdi>
                  </dd>
                </div>
              ),
          )}
          <div class="total">
            <dt>Total</dt>
            <dd>
              <bdi>{money(details.total)}</bdi>
            </dd>
          </div>
        </dl>
      </section>
      <section aria-labelledby="delivery">
        <h2 id="delivery">Delivery and payment</h2>
        <dl>
          <dt>{shipping?.isPickup ? 'Pickup' : 'Shipping'}</dt>
          <dd>
            <bdi>{shipping?.shippingMethodName ?? 'Not chosen yet'}</bdi>
            {shipping?.estimatedTransitTime && (
              <>
                {' '}
                (days: <bdi>{shipping.estimatedTransitTime}</bdi>)
              </>
            )}
          </dd>
          <dt>Ship to</dt>
          <dd>
            {shippingPerson ? <AddressLines person={readFragment(Address, shippingPerson)} /> : 'No address'}
          </dd>
          <dt>Bill to</dt>
          <dd>
            {billingPerson ? <AddressLines person={readFragment(Address, billingPerson)} /> : 'No address'}
          </dd>
          <dt>Payment</dt>
          <dd>
            <bdi>{details.paymentMethod ?? 'Not chosen yet'}</bdi>
          </dd>
          <dt>E-mail</dt>
          <dd>
            <bdi>{details.email ?? 'Not given'}</bdi>
          </dd>
        </dl>
      </section>
    </div>
  );
}

function AddressLines({ person }: { readonly person: AddressFragment }) {
  const { name, companyName, street, city, postalCode, stateOrProvinceName, countryName, countryCode } =
    person;
  const town = [postalCode, city, stateOrProvinceName].filter(Boolean).join(' ');
  const lines = [name, companyName, street, town, countryName ?? countryCode].filter(Boolean);
  return (
    <address>
      {lines.map((line, place) => (
        <bdi key={place}>{line}</bdi>
      ))}
    </address>
  );
}
