import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { latenessChart } from '../../src/charts/lateness/lateness-chart.ts';
import { openPictures, type Pictures, type PicturesOptions } from '../../src/charts/rendering/open-pictures.ts';
import { timelineChart } from '../../src/charts/timeline/timeline-chart.ts';
import { SentryError } from '../../src/errors.ts';
import { decodePng, shareOf } from './png.ts';
import { latenessOf, NOW, present, stateOf, ZONE } from './scenes.ts';

const script = new URL('./odd-worker.ts', import.meta.url);
const lateness = latenessChart(stateOf([2]), latenessOf({ run: 60 }), ZONE);
const asked = (title: string) => ({ ...lateness, caption: { ...lateness.caption, title } });

const open: Pictures[] = [];
function pictures(options: PicturesOptions = {}): Pictures {
  const opened = openPictures({ timeoutMs: 15_000, ...options });
  open.push(opened);
  return opened;
}
afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
});

const failing = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.unreachable('it was drawn'),
    (error: unknown) => error as SentryError,
  );

describe('a picture drawn by a worker', () => {
  it('is a PNG at twice the density, with the colours of what it shows on white', async () => {
    const state = stateOf([3, 2], { DESK_1_0: [{ status: 'FAILED' }] });
    const chart = present(timelineChart({ state, now: NOW, zone: ZONE }));
    const picture = await pictures().render(chart);
    const pixels = decodePng(picture.png);
    expect([pixels.width, pixels.height]).toEqual([picture.width, picture.height]);
    expect(pixels.width).toBe(1440);
    expect(shareOf(pixels, '#ffffff')).toBeGreaterThan(0.6);
    expect(shareOf(pixels, '#c2281d')).toBeGreaterThan(0.005);
    // Text, bars and badges: a picture without its font would have next to none.
    expect(shareOf(pixels, '#1d2129', 40)).toBeGreaterThan(0.01);
    expect(picture.alt).toBe(chart.caption.alt);
  });
});

describe('workers', () => {
  it('draw one after the other, in order', async () => {
    const { render } = pictures({ script });
    const drawn = await Promise.all(['a', 'b', 'c'].map((title) => render(asked(title))));
    expect(drawn.map(({ title }) => title)).toEqual(['a', 'b', 'c']);
    expect(new Set(drawn.map(({ alt }) => alt)).size).toBe(1);
  });

  it.each([
    ['throws', 'thrown in the worker'],
    ['exits', 'ended with 3'],
    ['is killed', 'ended with SIGKILL'],
    ['eats memory', 'heap'],
    ['refuses', 'it would not'],
  ])('one of which %s fail that picture only', async (title, why) => {
    const { render } = pictures({ script, heapMegabytes: 24 });
    const [before, failed, after] = [render(asked('before')), failing(render(asked(title))), render(asked('after'))];
    await expect(before).resolves.toMatchObject({ title: 'before' });
    expect(await failed).toBeInstanceOf(SentryError);
    expect(await failed).toMatchObject({ code: 'PICTURE', message: expect.stringContaining(why) });
    await expect(after).resolves.toMatchObject({ title: 'after' });
    // A new process, but for one that only refused.
    expect((await after).alt === (await before).alt).toBe(title === 'refuses');
  });

  it('that hang are given up in time, with what waited for them too long', async () => {
    const { render } = pictures({ script, timeoutMs: 1500 });
    const errors = await Promise.all([failing(render(asked('hangs'))), failing(render(asked('hangs')))]);
    expect(errors.map(({ code }) => code)).toEqual(['PICTURE', 'PICTURE']);
    expect(errors[0]?.message).toContain('1500 ms');
    // On a busy machine a new process takes longer to start than this one may; it goes on starting meanwhile.
    const after = await vi.waitFor(() => render(asked('after')), { timeout: 20_000 });
    expect(after.title).toBe('after');
  });

  it('that cannot start fail a picture each, at once', async () => {
    const { render } = pictures({ script: new URL('./no-such-worker.ts', import.meta.url) });
    const errors = await Promise.all([failing(render(asked('a'))), failing(render(asked('b')))]);
    expect(errors.map(({ code, message }) => [code, message.includes('no-such-worker')])).toEqual([
      ['PICTURE', true],
      ['PICTURE', true],
    ]);
  });

  it('let no more wait than they are told', async () => {
    const { render } = pictures({ script, mostWaiting: 2 });
    const [first, second] = [render(asked('a')), render(asked('b'))];
    expect((await failing(render(asked('c')))).message).toContain('too many');
    await Promise.all([first, second]);
  });

  it('end on close, with what was under way', async () => {
    const closing = openPictures({ script });
    const waiting = [failing(closing.render(asked('hangs'))), failing(closing.render(asked('b')))];
    await closing.close();
    for (const error of await Promise.all(waiting)) expect(error.message).toContain('closed');
    expect((await failing(closing.render(asked('c')))).message).toContain('closed');
  });

  it('keep no process alive', async () => {
    const root = new URL('../../', import.meta.url);
    const code = `
      import { openPictures } from './src/charts/rendering/open-pictures.ts';
      import { latenessChart } from './src/charts/lateness/lateness-chart.ts';
      const chart = ${JSON.stringify(lateness)};
      const { png } = await openPictures({ timeoutMs: 15000 }).render(chart);
      console.log(png.length > 1000);
    `;
    const args = ['--disable-warning=ExperimentalWarning', '--input-type=module-typescript', '-e', code];
    const child = execFile(process.execPath, args, { cwd: root });
    let out = '';
    child.stdout?.on('data', (chunk) => {
      out += chunk;
    });
    expect((await once(child, 'exit'))[0]).toBe(0);
    expect(out).toBe('true\n');
  });
});
