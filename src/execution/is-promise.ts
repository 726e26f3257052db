/** What graphql-js takes for one: anything with a method `then`. */
export function isPromise<Value>(value: Value | Promise<Value>): value is Promise<Value> {
  return hasProperties(value) && typeof value.then === 'function';
}

export function hasProperties(value: unknown): value is Record<string, unknown> {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
