import { AsyncLocalStorage } from 'node:async_hooks';

export interface WorkQueueOptions<Task> {
  /** How many may wait. */
  readonly most: number;
  /** How many are done at once. */
  readonly atOnce: number;
  /** Does one. Must not reject. */
  readonly work: (task: Task) => Promise<void>;
}

/** What is to be done later, once for each thing however often that was asked for meanwhile. */
export interface WorkQueue<Task> {
  /** Whether something more may come. */
  hasRoom(key: string): boolean;
  /** In place of what still waits under that key. */
  add(key: string, task: Task): void;
  /** Begins nothing more, and is done when what was begun is; tells how much was left undone. */
  close(): Promise<number>;
}

export function createWorkQueue<Task>({ most, atOnce, work }: WorkQueueOptions<Task>): WorkQueue<Task> {
  const waiting = new Map<string, Task>();
  const underWay = new Set<Promise<void>>();
  // What is done later is done for nobody's request.
  const forNobody = AsyncLocalStorage.snapshot();
  let isClosed = false;

  function begin(): void {
    for (const [key, task] of waiting) {
      if (isClosed || underWay.size >= atOnce) return;
      waiting.delete(key);
      const done: Promise<void> = work(task).then(() => {
        underWay.delete(done);
        begin();
      });
      underWay.add(done);
    }
  }

  return {
    hasRoom: (key) => !isClosed && (waiting.size < most || waiting.has(key)),
    add(key, task) {
      waiting.set(key, task);
      forNobody(begin);
    },
    async close() {
      isClosed = true;
      await Promise.all(underWay);
      return waiting.size;
    },
  };
}
