import type { CodegenConfig } from '@graphql-codegen/cli';

const config: CodegenConfig = {
  schema: 'schema.graphql',
  documents: 'test/operations/*.graphql',
  generates: {
    'test/operations/generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        documentMode: 'string',
        enumsAsTypes: true,
        importExtension: '.ts',
        useTypeImports: true,
        scalars: {
          DateTime: 'string',
          Money: 'number',
          SafeInt: 'number',
        },
      },
    },
  },
};

export default config;
