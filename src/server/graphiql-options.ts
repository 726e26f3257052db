import type { Viewer } from '../viewer.ts';
import type { ReadyViewer } from './viewer-switch.ts';

/** A tab that GraphiQL opens with. It has the name of its operation. */
export interface ExampleOperation {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

export interface GraphiqlOptions {
  readonly endpoint: string;
  /** What it opens with, an operation a tab. */
  readonly exampleOperations: readonly ExampleOperation[];
  /** Whom a visitor may ask as, the first until another is chosen. Default whoever they are. */
  readonly readyViewers?: readonly ReadyViewer[];
  /** To others it is as if it were not there. */
  readonly mayExplore: (viewer: Viewer) => boolean;
}
