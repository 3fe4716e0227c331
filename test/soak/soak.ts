import { fileURLToPath } from 'node:url';
import { nights } from './nights/nights.ts';
import { type PartName, readOptions } from './options.ts';
import type { Part } from './part.ts';
import { properties } from './properties/properties.ts';
import { questions } from './questions/questions.ts';
import { type RanPart, spellPart } from './render-report.ts';
import { committedNow, writeReport } from './report.ts';
import { states } from './states/states.ts';

/**
 * `npm run soak`: what has to hold always, tried at length.
 *
 *   --only nights+states                              a part of it: questions, nights, states, properties
 *   --seed 5 --nights 1000 --questions 500 --states 50000 --times 20
 *   --report                                          writes docs/soak.md
 */
const root = fileURLToPath(new URL('../..', import.meta.url));
const RUN: Readonly<Record<PartName, Part>> = { questions, nights, states, properties };

const options = readOptions(process.argv.slice(2));
// What is being worked on cannot be found again by a commit: better said before an hour of work than after it.
const commit = options.report ? committedNow(root) : null;
const ran: RanPart[] = [];
for (const name of options.only) {
  const started = performance.now();
  const report = await RUN[name](options, (done, of) => {
    if (process.stderr.isTTY) process.stderr.write(`\r${name}: ${done} of ${of} `);
  });
  ran.push({ ...report, seconds: Math.round((performance.now() - started) / 1000) });
  console.log(spellPart(ran.at(-1) as RanPart));
}
if (commit !== null) writeReport(root, { commit, seed: options.seed, parts: ran });
process.exitCode = ran.every(({ failures }) => failures.length === 0) ? 0 : 1;
