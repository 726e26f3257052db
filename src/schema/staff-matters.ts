import SchemaBuilder, {
  BasePlugin,
  type FieldNullability,
  type InputFieldMap,
  type PothosOutputFieldConfig,
  type SchemaTypes,
  type TypeParam,
} from '@pothos/core';
import type { GraphQLFieldResolver } from 'graphql';
import { readsEverything } from '../viewer.ts';
import type { Context } from './context.ts';

/** What a field answers those with who are not told of what is the merchant's alone. */
export type InsteadOfStaffMatter = null | never[];

/** Fields with `insteadOfStaffMatter` are resolved for staff (read_orders) alone. */
class StaffMattersPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override wrapResolve(
    resolve: GraphQLFieldResolver<unknown, Types['Context'], object>,
    { pothosOptions }: PothosOutputFieldConfig<Types>,
  ): GraphQLFieldResolver<unknown, Types['Context'], object> {
    const { insteadOfStaffMatter: instead } = pothosOptions;
    if (instead === undefined) return resolve;
    return (source, args, context, info) =>
      readsEverything((context as Context).viewer) ? resolve(source, args, context, info) : instead;
  }
}

declare global {
  export namespace PothosSchemaTypes {
    interface Plugins<Types extends SchemaTypes> {
      staffMatters: StaffMattersPlugin<Types>;
    }
    // The names of its parameters are Pothos's, which declares them.
    interface FieldOptions<
      Types extends SchemaTypes = SchemaTypes,
      ParentShape = unknown,
      Type extends TypeParam<Types> = TypeParam<Types>,
      Nullable extends FieldNullability<Type> = FieldNullability<Type>,
      Args extends InputFieldMap = InputFieldMap,
      ResolveShape = unknown,
      ResolveReturnShape = unknown,
    > {
      insteadOfStaffMatter?: InsteadOfStaffMatter;
    }
  }
}

export const staffMatters = 'staffMatters';

SchemaBuilder.registerPlugin(staffMatters, StaffMattersPlugin);
