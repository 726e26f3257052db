import { registerHooks } from 'node:module';

// What Relay's compiler writes imports the rest of it without `.ts`, as bundlers have it.
registerHooks({
  resolve: (specifier, context, next) =>
    next(specifier.endsWith('.graphql') ? `${specifier}.ts` : specifier, context),
});
