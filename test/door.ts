/**
 * The address by which a gateway is asked. Some tests run twice, and hold either time: once as most requests come, and
 * once through Yoga, which is what answers an address with parameters.
 */
export function doorOf(url: string): string {
  return process.env.TEST_DOOR === 'yoga' ? `${url}?by=yoga` : url;
}
