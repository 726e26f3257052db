import { type Answer, blankAnswer, mostNames } from './blank-answer.ts';

/** Reads the objects of one selection, and makes the answers of them: all their fields at once. */
export interface Shape {
  /**
   * What a source has for each field, in their order, for whoever asks to do with as they like. Never throws: what a
   * property that fails has kept from being read is `unread`.
   */
  readonly read: (source: Source) => unknown[];
  /** The answer that has these values, in the order of the fields. */
  readonly make: (values: readonly unknown[]) => Answer;
}

export interface ShapedField {
  readonly responseName: string;
  /** Of the source; undefined where a resolver is to be asked, or nobody. */
  readonly property: string | undefined;
}

type Source = Readonly<Record<string, unknown>>;

/** In place of a value that is yet to be found. */
export const unread = Symbol('unread');

/**
 * Begins with loops over names. V8 finds a property by a name that it cannot know in some 30 ns, and where the name
 * stands in the code in some 2: once `compileAfter` objects were read, there is code in which the names stand. Nothing of
 * a document gets into it but names, which GraphQL makes of letters, digits and underscores.
 */
export function createShape(fields: readonly ShapedField[], compileAfter: number): Shape {
  let left = compileAfter;
  const loops = createLoops(fields);
  const shape = {
    ...loops,
    read(source: Source): unknown[] {
      left -= 1;
      if (left < 0) Object.assign(shape, compile(fields) ?? loops);
      return left < 0 ? shape.read(source) : loops.read(source);
    },
  };
  return shape;
}

function createLoops(fields: readonly ShapedField[]): Shape {
  const blank = blankAnswer(fields.map(({ responseName }) => responseName));
  return {
    read(source) {
      const values: unknown[] = fields.map(() => unread);
      try {
        for (const [index, { property }] of fields.entries()) {
          if (property !== undefined) values[index] = source[property];
        }
      } catch {}
      return values;
    },
    make(values) {
      const answer: Answer = blank ? { ...blank } : {};
      for (const [index, { responseName }] of fields.entries()) answer[responseName] = values[index];
      return answer;
    },
  };
}

/** Undefined where loops have to do. */
function compile(fields: readonly ShapedField[]): Shape | undefined {
  const names = fields.flatMap(({ responseName, property = responseName }) => [responseName, property]);
  if (fields.length > mostNames || !names.every(isName)) return undefined;
  const none = fields.map(() => 'unread');
  const reads = fields.map(({ property }, index) =>
    property === undefined ? '' : `values[${index}] = source.${property};`,
  );
  const made = fields.map(({ responseName }, index) => `${responseName}: values[${index}]`);
  const code = `return {
    read(source) { const values = [${none}]; try { ${reads.join(' ')} } catch {} return values; },
    make: (values) => ({ ${made} }),
  };`;
  try {
    return new Function('unread', code)(unread);
  } catch {
    // Node may be told that no code is to be made of texts.
    return undefined;
  }
}

/** Of GraphQL, and no longer than those of people; `__proto__` is one as well, and in an object literal more than that. */
function isName(text: string): boolean {
  return /^[_A-Za-z][_0-9A-Za-z]{0,99}$/.test(text) && text !== '__proto__';
}
