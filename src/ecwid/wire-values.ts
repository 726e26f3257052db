/** Documented as a number in most places and as a string in some; 64 bits wide for items and files. */
export type Id = number | string;

/** In the store's currency; a plain JSON number. */
export type Amount = number;

/** `yyyy-MM-dd HH:mm:ss Z`, such as `2014-09-20 19:59:43 +0000`; the offset is not always UTC. */
export type DateText = string;

/** A free map of texts; some answers hold other values in it. */
export type TextMap = Record<string, unknown>;

/** Texts by language code, such as `{ "en": "Cherry" }`. */
export type Translations = Record<string, unknown>;
