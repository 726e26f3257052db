import graphql from '@graphql-eslint/eslint-plugin';

const { rules } = graphql.configs['flat/schema-recommended'];
const [severity, naming] = rules['@graphql-eslint/naming-convention'];

// Magento's names, which its storefronts' documents are written with.
const camelCase = { style: 'camelCase', ignorePattern: '^(cart_id|order_id|order_number)$' };

/** Lints the schema alone: the code is Biome's. */
export default [
  {
    files: ['schema.graphql'],
    languageOptions: {
      parser: graphql.parser,
      parserOptions: { graphQLConfig: { schema: 'schema.graphql' } },
    },
    plugins: { '@graphql-eslint': graphql },
    rules: {
      ...rules,
      '@graphql-eslint/naming-convention': [
        severity,
        { ...naming, FieldDefinition: camelCase, InputValueDefinition: camelCase },
      ],
      '@graphql-eslint/require-description': [
        'error',
        {
          types: true,
          rootField: true,
          FieldDefinition: true,
          InputValueDefinition: true,
          EnumValueDefinition: true,
          DirectiveDefinition: true,
        },
      ],
      // Ecwid's names are kept, such as orderComments of an Order.
      '@graphql-eslint/no-typename-prefix': 'off',
      // Only carts and orders are things of their own; the parts of them have no id.
      '@graphql-eslint/strict-id-in-types': 'off',
    },
  },
];
