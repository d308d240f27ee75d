/**
 * `npm run fuzz`: 20,000 mutated files through the language services. `npm run fuzz -- COUNT FIRST_SEED` takes other
 * numbers; a failure names its seed, and `npm run fuzz -- 1 SEED` repeats it alone.
 */
import { fuzz } from './fuzz.js';

const FILES = 20_000;
const [count = FILES, first = 1] = process.argv.slice(2).map(Number);
const rejections: unknown[] = [];
process.on('unhandledRejection', (reason) => rejections.push(reason));

const started = Date.now();
const { failures, slowestMs, slowestStep } = await fuzz(first, count, (done) => {
  if (done % 1000 === 0) console.log(`${done} files, ${Math.round((Date.now() - started) / 1000)} s`);
});
console.log(
  `${count} files from seed ${first}; the slowest answer took ${Math.round(slowestMs)} ms: ${slowestStep}.`,
);
for (const { seed, kinds, step, message } of failures.slice(0, 20)) {
  console.log(`seed ${seed} (${kinds}), ${step}: ${message}`);
}
console.log(`${failures.length} failures, ${rejections.length} unhandled rejections.`);
process.exitCode = failures.length + rejections.length > 0 ? 1 : 0;
