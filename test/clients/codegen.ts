import type { CodegenConfig } from '@graphql-codegen/cli';

const config: CodegenConfig = {
  schema: '../../schema.graphql',
  documents: ['*.ts'],
  generates: {
    'generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: { unmaskFunctionName: 'readFragment' } },
      config: {
        enumsAsTypes: true,
        importExtension: '.ts',
        useTypeImports: true,
        scalars: { DateTime: 'string', Money: 'number', SafeInt: 'number' },
      },
    },
  },
};

export default config;
