import { type HealthCheck, type HealthStatus, worstOf } from './health.ts';

const MARK: Record<HealthStatus, string> = { ok: 'ok', warn: 'WARN', fail: 'FAIL' };
const WIDTH = 110;

/** The checks for a terminal: one aligned block each, what is wrong and what to do under what it is about. */
export function renderHealth(checks: readonly HealthCheck[]): string {
  const nameWidth = Math.max(0, ...checks.map(({ name }) => name.length));
  const indent = ' '.repeat(6 + nameWidth + 2);
  const blocks = checks.map(({ name, status, facts, problem, remedy, ms }) => {
    const head = `${MARK[status].padEnd(6)}${name.padEnd(nameWidth)}  `;
    const seen = wrapped([...facts, ...(ms === 0 ? [] : [spellMs(ms)])].join(' · '), WIDTH - indent.length);
    const lines = seen.map((line, index) => `${index === 0 ? head : indent}${line}`);
    if (problem !== undefined) lines.push(...labelled(status === 'fail' ? 'wrong' : 'note', problem, indent));
    if (remedy !== undefined) lines.push(...labelled('do', remedy, indent));
    return lines.join('\n');
  });
  return `${blocks.join('\n')}\n\n${conclusion(checks)}\n`;
}

/** One sentence that says how it stands. */
export function conclusion(checks: readonly HealthCheck[]): string {
  const named = (status: HealthStatus) => checks.filter((check) => check.status === status).map(({ name }) => name);
  const failed = named('fail');
  const warned = named('warn');
  const also = warned.length > 0 ? ` Worth knowing: ${warned.join(', ')}.` : '';
  if (worstOf(checks) === 'ok') return 'All is well.';
  return failed.length > 0 ? `Failed: ${failed.join(', ')}.${also}` : `It works.${also}`;
}

function labelled(label: string, text: string, indent: string): string[] {
  const hanging = ' '.repeat(7);
  const lines = text.split('\n').flatMap((line) => wrapped(line.trim(), WIDTH - indent.length - hanging.length));
  return lines.map((line, index) => `${indent}${index === 0 ? `${label}:`.padEnd(hanging.length) : hanging}${line}`);
}

function spellMs(ms: number): string {
  return ms < 1000 ? `${ms} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** Lines of whole words; a word that is too long, such as a command's argument, stands alone and is not cut. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
