import type { ProductRecord } from '../store/records.ts';

// What the seed's store sells. Prices are in cents, so that sums are exact.

export interface Choice {
  readonly title: string;
  /** What the choice adds to the price. */
  readonly cents?: number;
}

export interface ProductOption {
  readonly name: string;
  readonly type: 'CHOICE' | 'CHOICES' | 'TEXT' | 'DATE';
  /** What a shopper may take: one of them, for CHOICES the first two. */
  readonly choices: readonly Choice[];
}

export interface Product {
  readonly id: number;
  readonly sku: string;
  readonly name: string;
  readonly shortDescription: string;
  readonly cents: number;
  /** Null where the store does not keep count. */
  readonly stock: number | null;
  readonly weight: number;
  readonly isDigital?: boolean;
  readonly options?: readonly ProductOption[];
}

const size: ProductOption = {
  name: 'Size',
  type: 'CHOICE',
  choices: [{ title: 'Small' }, { title: 'Medium', cents: 250 }, { title: 'Big', cents: 500 }],
};

export const cherry: Product = {
  id: 37208342,
  sku: '00004',
  name: 'Cherry',
  shortDescription: 'A fleshy fruit (drupe) that contains a single stony seed',
  cents: 599,
  stock: 1981,
  weight: 0.32,
  options: [size],
};

/** Two are left; whoever wants three comes too late. */
export const teapot: Product = {
  id: 37208351,
  sku: '00013',
  name: 'Cherry blossom teapot',
  shortDescription: 'Thrown by hand, glazed in the colour of April',
  cents: 6450,
  stock: 2,
  weight: 1.1,
};

export const calendar: Product = {
  id: 37208352,
  sku: 'PDF-26',
  name: 'Orchard calendar 2026 (PDF)',
  shortDescription: 'Twelve months of blossom and harvest to print at home',
  cents: 700,
  stock: null,
  weight: 0,
  isDigital: true,
};

const recipes: Product = {
  id: 37208353,
  sku: 'PDF-R',
  name: 'Forty cherry recipes (PDF)',
  shortDescription: 'From clafoutis to kirsch',
  cents: 1295,
  stock: null,
  weight: 0,
  isDigital: true,
};

export const goods: readonly Product[] = [
  cherry,
  {
    id: 37208340,
    sku: '00001',
    name: 'Apple',
    shortDescription: 'Crisp, red, and by the kilogram',
    cents: 199,
    stock: 640,
    weight: 1,
  },
  {
    id: 37208343,
    sku: '00005',
    name: 'Strawberry',
    shortDescription: 'Picked on the morning it is sent',
    cents: 449,
    stock: 83,
    weight: 0.5,
    options: [
      { name: 'Choose date', type: 'DATE', choices: [{ title: '2026-06-12' }, { title: '2026-06-19' }] },
    ],
  },
  {
    id: 37208345,
    sku: '00007',
    name: 'Cherry jam',
    shortDescription: 'Sour cherries, sugar, patience',
    cents: 875,
    stock: 212,
    weight: 0.45,
  },
  {
    id: 37208347,
    sku: '00009',
    name: 'Gift basket',
    shortDescription: 'Fruit, jam and a card in your words',
    cents: 4200,
    stock: null,
    weight: 3.5,
    options: [
      size,
      {
        name: 'Extras',
        type: 'CHOICES',
        choices: [
          { title: 'Ribbon', cents: 150 },
          { title: 'Dried flowers', cents: 325 },
        ],
      },
      { name: 'Card', type: 'TEXT', choices: [{ title: 'Happy birthday!' }, { title: 'With thanks' }] },
    ],
  },
  {
    id: 37208349,
    sku: '00011',
    name: 'Apron',
    shortDescription: 'Heavy linen with one big pocket',
    cents: 3333,
    stock: 27,
    weight: 0.4,
    options: [{ name: 'Embroidery', type: 'TEXT', choices: [{ title: 'M. W.' }, { title: 'Chef' }] }],
  },
  {
    id: 37208350,
    sku: '00012',
    name: 'Cherry pitter',
    shortDescription: 'Six at a time, and only the stones',
    cents: 1899,
    stock: 7,
    weight: 0.7,
  },
  teapot,
];

export const downloads: readonly Product[] = [calendar, recipes];

/** All of it, as the store keeps it. */
export const goodsOfStore: readonly ProductRecord[] = [...goods, ...downloads].map((product) => ({
  id: product.id,
  sku: product.sku,
  name: product.name,
  price: product.cents / 100,
  quantity: product.stock,
  updateDate: '2025-06-30 22:14:09 +0000',
}));
