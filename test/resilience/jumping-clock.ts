/** Preloaded into a process, its clock jumps ten minutes ahead by SIGUSR2, and ten back by SIGHUP; it says so. */
const RealDate = Date;
let offsetMs = 0;
let jumps = 0;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args: [], newTarget) =>
    Reflect.construct(target, args.length > 0 ? args : [RealDate.now() + offsetMs], newTarget),
  get: (target, name, receiver) =>
    name === 'now' ? () => RealDate.now() + offsetMs : Reflect.get(target, name, receiver),
});

function jump(ms: number): void {
  offsetMs += ms;
  jumps += 1;
  process.stdout.write(`jump ${jumps}\n`);
}

process.on('SIGUSR2', () => jump(600_000));
process.on('SIGHUP', () => jump(-600_000));
