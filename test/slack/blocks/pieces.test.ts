import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { airflowLink, createNameLinks, linkedId } from '../../../src/slack/blocks/pieces/airflow-links.ts';
import { fold, Keep, type Part, withinBudget } from '../../../src/slack/blocks/pieces/budget.ts';
import { createDatasetNames } from '../../../src/slack/blocks/pieces/dataset-name.ts';
import { section } from '../../../src/slack/blocks/pieces/elements.ts';
import { harmlessMarkdown, inline } from '../../../src/slack/blocks/pieces/markdown.ts';
import { statusOfStep, tally } from '../../../src/slack/blocks/pieces/status-mark.ts';
import { clean, code, cut, plain, quote, words } from '../../../src/slack/blocks/pieces/text.ts';
import { moment, span } from '../../../src/slack/blocks/pieces/time.ts';
import { hostile } from './answers.ts';

describe('times', () => {
  it('are said in UTC and in the zone', () => {
    expect(moment('2026-02-14T02:14:00.000Z', 'America/New_York')).toBe('02:14 UTC (21:14 New York)');
    expect(moment('2026-07-14T02:14:00.000Z', 'America/New_York')).toBe('02:14 UTC (22:14 New York)');
    expect(moment('2026-02-14T02:14:00.000Z', 'UTC')).toBe('02:14 UTC');
  });

  it('name the day where it is not the business date', () => {
    expect(moment('2026-02-14T02:14:00.000Z', 'America/New_York', '2026-02-13')).toBe(
      '14 Feb 02:14 UTC (21:14 New York)',
    );
    expect(moment('2026-02-13T22:14:00.000Z', 'America/New_York', '2026-02-13')).toBe('22:14 UTC (17:14 New York)');
    expect(moment('2026-02-13T00:00:00.000Z', 'Asia/Tokyo', '2026-02-12')).toBe(
      '13 Feb 00:00 UTC (13 Feb 09:00 Tokyo)',
    );
  });

  it('of a span name the second day only where it changes', () => {
    expect(span('2026-02-13T23:30:00.000Z', '2026-02-14T00:10:00.000Z', 'America/New_York', '2026-02-13')).toBe(
      '23:30 → 14 Feb 00:10 UTC (18:30 → 19:10 New York)',
    );
  });

  it('of a span within a minute are one time', () => {
    expect(span('2026-02-13T23:30:01.000Z', '2026-02-13T23:30:40.000Z', 'UTC', '2026-02-13')).toBe('23:30 UTC');
  });
});

describe('untrusted text', () => {
  it('loses what cannot be seen, and keeps emoji that are joined', () => {
    expect(clean('a\u0000b\u202Ec\u200Bd\r\ne')).toBe('abcd\ne');
    expect(clean('👩‍💻')).toBe('👩‍💻');
    expect(clean('\uD800x')).toBe('\uFFFDx');
  });

  it('is cut between characters that people see', () => {
    expect(cut('👩‍💻👩‍💻👩‍💻', 12)).toBe('👩‍💻👩‍💻…');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 40 }), (text, limit) => {
        expect(cut(text, limit).length).toBeLessThanOrEqual(limit);
        expect(cut(text, limit).isWellFormed()).toBe(true);
      }),
    );
  });

  it('stays within its limit after escaping, and escapes everything', () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 3, max: 300 }), (text, limit) => {
        for (const shown of [words(text, limit), code(text, limit), plain(text, limit)]) {
          expect(shown.length).toBeLessThanOrEqual(limit);
          expect(shown.replace(/&(amp|lt|gt);/g, '')).not.toMatch(/[&<>]/);
        }
      }),
    );
  });

  it('stays inside its quotation and its code span', () => {
    expect(quote('one\n\ntwo <!here>')).toBe('> one\n> two &lt;!here&gt;');
    expect(code('a`b')).toBe("`a'b`");
    expect(code('')).toBe('`–`');
  });

  it('keeps code spans and loses other marks as inline Markdown', () => {
    expect(inline('**Bold** `A_B` of *x* & <@U1>')).toBe('Bold `A_B` of x &amp; &lt;@\u2060U1&gt;');
  });

  it('as Markdown keeps its form and loses its links', () => {
    expect(harmlessMarkdown('- **a** < 5 min\n- [x](http://e.vil) ![i](http://e.vil) <!here>')).toBe(
      '- **a** < 5 min\n- [x] (http:\u2060//e.vil) [i] (http:\u2060//e.vil) ‹!here>',
    );
  });
});

describe('dataset names', () => {
  const name = (ids: string[]) => ids.map(createDatasetNames(ids));

  it('are what people say: the last part of the id, without its namespace', () => {
    expect(name(['com.jpmc.ct.lri.derivatives-slsline_calculator_e15', 'plain'])).toEqual([
      'slsline_calculator_e15',
      'plain',
    ]);
  });

  it('are longer where two would read the same', () => {
    expect(name(['com.x.a-feed', 'com.x.b-feed', 'com.x.b-other'])).toEqual(['a-feed', 'b-feed', 'other']);
    expect(name(['com.x.a.feed', 'com.x.b.feed'])).toEqual(['a.feed', 'b.feed']);
  });
});

describe('steps', () => {
  it('take the first line of the table that applies', () => {
    expect(statusOfStep(['SUCCESS', 'RUNNING', 'FAILED'])).toBe('FAILED');
    expect(statusOfStep(['SUCCESS', 'CANCELLED'])).toBe('CANCELLED');
    expect(statusOfStep(['SUCCESS', 'NOT_STARTED'])).toBe('WAITING');
    expect(statusOfStep(['NOT_STARTED'])).toBe('NOT_STARTED');
    expect(statusOfStep(['SUCCESS'])).toBe('SUCCESS');
  });

  it('are counted the worst first, successes left out', () => {
    expect(tally(['SUCCESS', 'RUNNING', 'FAILED', 'FAILED'])).toBe('2 failed, 1 running');
  });
});

describe('the budget', () => {
  const part = (keep: Part['keep'], text: string, more: Partial<Part> = {}): Part => ({
    keep,
    what: ['thing', 'things'],
    blocks: [section(text)],
    ...more,
  });

  it('drops the least important first, the last of its kind before the first, and says how much', () => {
    const parts = [
      part(Keep.verdict, 'verdict'),
      ...Array.from({ length: 60 }, (_, index) => part(Keep.detail, `detail ${index}`)),
      part(Keep.footer, 'footer', { what: ['footer', 'footers'] }),
    ];
    const said = JSON.stringify(withinBudget(parts));
    expect(said).toContain('verdict');
    expect(said).toContain('detail 0');
    expect(said).not.toContain('detail 59');
    expect(said).toMatch(/Left out to fit: 1 footer, 14 things/);
  });

  it('shortens before it drops', () => {
    const long = part(Keep.failure, 'x'.repeat(2900), { shorter: [section('short')] });
    const said = JSON.stringify(withinBudget([part(Keep.verdict, 'verdict'), long, long, long, long, long]));
    expect(said).toContain('short');
    expect(said).not.toContain('Left out');
  });

  it('leaves out the least important first, whatever there is, and says of everything whether it is shown', () => {
    const keep = fc.constantFrom(...Object.values(Keep).filter((each) => each !== Keep.verdict));
    const parts = fc.array(fc.tuple(keep, fc.integer({ min: 1, max: 2900 }), fc.nat(5)), { maxLength: 120 });
    fc.assert(
      fc.property(parts, (given) => {
        const folded = fold(
          given.map(([each, length, left], index) => part(each, `${index}:`.padEnd(length, 'x'), { left })),
        );
        expect(folded.blocks.length).toBeLessThanOrEqual(47);
        expect(JSON.stringify(folded.blocks).length).toBeLessThanOrEqual(12_000);
        const shown = new Set(folded.blocks.map((block) => Number(/"(\d+):?/.exec(JSON.stringify(block))?.[1])));
        const dropped = given.filter((_, index) => !shown.has(index));
        const least = Math.min(...[...shown].map((index) => given[index]?.[0] ?? 0));
        for (const [each] of dropped) expect(each).toBeLessThanOrEqual(least);
        const cut = given.reduce((sum, [, , left]) => sum + left, 0);
        expect(folded.missing).toBe(dropped.length + cut);
        expect(folded.leftOut).toBe(
          dropped.length === 0 ? '' : `${dropped.length} ${dropped.length === 1 ? 'thing' : 'things'}`,
        );
      }),
      { numRuns: 60 },
    );
  });

  it('leaves what fits as it is', () => {
    const parts = [part(Keep.verdict, 'a'), part(Keep.footer, 'b')];
    expect(withinBudget(parts)).toEqual([section('a'), section('b')]);
  });
});

describe('links to Airflow', () => {
  const BASE = 'https://airflow.example/a';
  const place = { dagId: 'calc_V2', runId: 'manual__2026-02-13T00:00:00+00:00', taskId: 'a/b|c>d<e&f g' };
  const parts = (link: string) => {
    const [, address = '', label = ''] = /^<([^|<>]+)\|([^|<>]+)>$/.exec(link) ?? [];
    return { url: new URL(address.replaceAll('&amp;', '&')), label };
  };

  it('carry ids with any signs, and a label that cannot end them', () => {
    const { url, label } = parts(linkedId(BASE, place, 200));
    expect(url.searchParams.get('dag_run_id')).toBe(place.runId);
    expect(url.searchParams.get('task_id')).toBe(place.taskId);
    expect(label).toBe('a/b¦c&gt;d&lt;e&amp;f g');
    expect(linkedId(BASE, { ...place, taskId: null }, 200)).toContain(
      'dag_run_id=manual__2026-02-13T00%3A00%3A00%2B00%3A00|manual__2026-02-13T00:00:00+00:00>',
    );
  });

  it('are the same ids again once they are decoded, whatever these are', () => {
    const id = fc.oneof(hostile, fc.string({ unit: 'grapheme', minLength: 1 })).filter((text) => text !== '');
    fc.assert(
      fc.property(id, id, id, (dagId, runId, taskId) => {
        const link = airflowLink(BASE, { dagId, runId, taskId }, 'Task');
        if (link === '') return;
        const { url } = parts(link);
        expect(url.origin + url.pathname.slice(0, 8)).toBe('https://airflow.example/a/dags/');
        expect(url.searchParams.get('dag_run_id')).toBe(runId.toWellFormed());
        expect(url.searchParams.get('task_id')).toBe(taskId.toWellFormed());
        expect([...url.searchParams.keys()]).toEqual(['dag_run_id', 'task_id']);
      }),
    );
  });

  it('are not there without an address, nor for a run whose DAG nobody knows', () => {
    expect(linkedId(null, place, 200)).toBe('`a/b|c&gt;d&lt;e&amp;f g`');
    expect(linkedId(BASE, { ...place, dagId: null }, 200)).toBe('`a/b|c&gt;d&lt;e&amp;f g`');
    expect(createNameLinks(null, [place])('run `x`')).toBe('run `x`');
  });

  it('stand where a name is said first, and not where it fits two', () => {
    const one = { dagId: 'd', runId: 'r1', taskId: 'load' };
    const linked = createNameLinks(BASE, [one, { ...one, runId: 'r2' }]);
    expect(linked('`load` of `r1`, `r1` again, `other`')).toBe(
      `\`load\` of <${BASE}/dags/d/grid?dag_run_id=r1|r1>, \`r1\` again, \`other\``,
    );
  });
});
