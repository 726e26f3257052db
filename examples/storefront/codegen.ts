import type { CodegenConfig } from '@graphql-codegen/cli';

const config: CodegenConfig = {
  schema: '../../schema.graphql',
  documents: 'src/*.{ts,tsx}',
  generates: {
    'src/generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: { unmaskFunctionName: 'readFragment' } },
      config: {
        enumsAsTypes: true,
        importExtension: '.ts',
        useTypeImports: true,
        scalars: { Money: 'number' },
      },
    },
  },
};

export default config;
