import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Answer } from '../../src/agent/answer.ts';
import { createEssentialNames } from '../../src/batch/essential-names.ts';
import { VARIABLE_NAMES } from '../../src/config/environment.ts';

/** Mixed questions, one after the other, to one process over the simulated world. */
const total = Number(process.argv[2] ?? 200);
const names = createEssentialNames();

const KINDS: readonly ((name: string, thread: string) => object)[] = [
  (name) => ({ question: `how is ${name} doing?` }),
  (name) => ({ question: `what failed in ${name} last night?` }),
  (name, thread) => ({ question: `status of ${name} prelim`, thread }),
  (_name, thread) => ({ question: 'and what about final?', thread }),
  (name) => ({ question: `which step is ${name} at?` }),
  (name, thread) => ({ question: `has ${name} failed before?`, thread }),
  (_name, thread) => ({ question: 'which tasks failed?', thread }),
  () => ({ question: 'what happened last night?' }),
  (name) => ({ question: `${name} yesterday` }),
  () => ({ question: 'how is the weather?' }),
];

const questions = Array.from({ length: total }, (_, index) => {
  const name = names.spoken(names.all[Math.floor(index / KINDS.length) % names.all.length] ?? '');
  return KINDS[index % KINDS.length]?.(name, `thread-${Math.floor(index / KINDS.length)}`);
});

const root = fileURLToPath(new URL('../..', import.meta.url));
const args = ['--disable-warning=ExperimentalWarning', 'src/cli.ts', 'ask', '--json', '--stdin'];
// Empty settings win over those of a .env: a benchmark never asks a real database.
const env = { ...process.env, ...Object.fromEntries(VARIABLE_NAMES.map((name) => [name, ''])) };
const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['pipe', 'pipe', 'inherit'] });
child.stdin.end(questions.map((question) => `${JSON.stringify(question)}\n`).join(''));

const begun = performance.now();
const times: number[] = [];
/** What the same answers spent in their queries: the baseline, measured in the same run on the same machine. */
const queryTimes: number[] = [];
let failed = 0;
for await (const line of createInterface({ input: child.stdout })) {
  const { success, data } = Answer.safeParse(JSON.parse(line));
  times.push(data?.usage.ms ?? 0);
  queryTimes.push(data?.sources.reduce((sum, source) => sum + source.ms, 0) ?? 0);
  if (success && data.error === null) continue;
  failed++;
  console.log(`failed: ${data?.question ?? line.slice(0, 200)}: ${data?.error?.code ?? 'not an answer'}`);
}

const at = (values: number[], share: number) =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;
const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
console.log(
  `${times.length} of ${total} answered, ${failed} failed; median ${at(times, 0.5)} ms, 95% ${at(times, 0.95)} ms, worst ${at(times, 1)} ms; ${Math.round((performance.now() - begun) / 1000)} s in all`,
);
console.log(
  `an answer takes ${(sum(times) / sum(queryTimes)).toFixed(1)} times as long as its queries alone (median ${at(queryTimes, 0.5).toFixed(1)} ms)`,
);
process.exitCode = failed > 0 || times.length !== total ? 1 : 0;
