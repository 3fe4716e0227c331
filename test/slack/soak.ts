import { parseArgs } from 'node:util';
import { soakQuestions } from './soak-questions.ts';

/** Asks many questions while Slack fails, and says how many were not answered exactly once. */
const { values } = parseArgs({
  options: { questions: { type: 'string', default: '500' }, seed: { type: 'string', default: '1' } },
});
const started = performance.now();
const report = await soakQuestions({ questions: Number(values.questions), seed: Number(values.seed) });
console.log(JSON.stringify({ ...report, seconds: Math.round((performance.now() - started) / 1000) }, null, 2));
process.exitCode = report.wrong.length + report.unfinished === 0 ? 0 : 1;
