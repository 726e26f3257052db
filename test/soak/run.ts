import { parseArgs } from 'node:util';
import { checksOf } from './checks.ts';
import { report } from './report.ts';
import { soak } from './soak.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    callers: { type: 'string', default: '200' },
  },
});
const options = {
  stormMs: Number(values.seconds) * 1_000,
  calmMs: 5_000,
  callers: Number(values.callers),
  perMinute: 600,
  stallMs: 12_000,
  querySeconds: 10,
  leeway: 0,
  isPatient: true,
};

const soaked = await soak(options);
const checks = checksOf(soaked, options);
process.stdout.write(report(soaked, checks, options));
process.exitCode = checks.every(({ holds }) => holds) ? 0 : 1;
