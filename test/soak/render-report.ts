import type { PartReport } from './part.ts';

export interface RanPart extends PartReport {
  seconds: number;
}

export interface Soaked {
  commit: string;
  /** `YYYY-MM-DD`. */
  date: string;
  seed: number;
  parts: readonly RanPart[];
}

/** For a terminal. */
export function spellPart({ title, figures, table = [], failures, seconds }: RanPart): string {
  const said = figures.map(([name, value]) => `${name} ${value}`).join(', ');
  const rows = table.map(
    (row) => `  ${row.map((cell, index) => (index === 0 ? cell.padEnd(40) : cell.padStart(18))).join('')}`,
  );
  const verdict = failures.length === 0 ? 'all of it held' : `${failures.length} failures`;
  return [`${title}: ${said}; ${verdict}, in ${seconds} s`, ...rows, ...failures.map((each) => `  ✗ ${each}`), ''].join(
    '\n',
  );
}

export function renderReport({ commit, date, seed, parts }: Soaked): string {
  const failures = parts.flatMap((part) => part.failures);
  return `# What has to hold always, tried at length

Written by \`npm run soak -- --report\`, which measures it; nothing here was typed. \`npm test\` holds a small sample of each part.

| | |
|---|---|
| date | ${date} |
| commit | \`${commit}\` |
| seed | ${seed} |
| failures | ${failures.length === 0 ? 'none' : `**${failures.length}**`} |
| took | ${Math.round(parts.reduce((sum, { seconds }) => sum + seconds, 0) / 60)} min |

${parts.map(partSection).join('\n\n')}
`;
}

function partSection({ title, what, figures, table, failures, seconds }: RanPart): string {
  const [head, ...rows] = table ?? [];
  return [
    `## ${title}`,
    '',
    what,
    '',
    ...tableLines(['', ''], [...figures, ['failures', String(failures.length)], ['took', `${seconds} s`]]),
    ...(head === undefined ? [] : ['', ...tableLines(head, rows)]),
    ...(failures.length === 0 ? [] : ['', ...failures.slice(0, 50).map((each) => `- ${inCode(each)}`)]),
  ].join('\n');
}

function tableLines(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), `|${head.map((_, index) => (index === 0 ? '---|' : '---:|')).join('')}`, ...rows.map(line)];
}

/** Failures quote what is hostile. */
function inCode(text: string): string {
  return `\`${text.replaceAll('`', "'").replace(/\s+/g, ' ').slice(0, 300)}\``;
}
