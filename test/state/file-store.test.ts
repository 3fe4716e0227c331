import { spawn } from 'node:child_process';
import { appendFile, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { openFileStore } from '../../src/state/file-store.ts';

const folders: string[] = [];
afterEach(() => Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true }))));

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sentry-files-'));
  folders.push(folder);
  return folder;
}

it('finds everything again after it was closed', async () => {
  const folder = join(await newFolder(), 'made', 'anew');
  const first = await openFileStore(folder);
  await first.replace('watches', 'a', '1', null);
  await first.append('audit', { at: 5, text: 'line' });
  expect(await first.claim('post', 60_000)).toBe(true);
  await first.close();
  const second = await openFileStore(folder);
  expect(await second.list('watches')).toEqual([{ id: 'a', text: '1' }]);
  expect(await second.lines('audit', 0, 10)).toEqual([{ at: 5, text: 'line' }]);
  expect(await second.claim('post', 60_000)).toBe(false);
  await second.close();
  expect((await stat(join(folder, 'watches.json'))).mode & 0o077).toBe(0);
});

it('lets go of a claim when it has run out', async () => {
  let now = 1000;
  const store = await openFileStore(await newFolder(), () => now);
  expect(await store.claim('post', 500)).toBe(true);
  now = 1499;
  expect(await store.claim('post', 500)).toBe(false);
  now = 1501;
  expect(await store.claim('post', 500)).toBe(true);
  await store.close();
});

it('skips a line that a crash cut off and keeps those after it', async () => {
  const folder = await newFolder();
  const store = await openFileStore(folder);
  await store.append('audit', { at: 1, text: 'whole' });
  await appendFile(join(folder, 'audit', '1970-01-01.jsonl'), '\n[2,"cut o');
  await store.append('audit', { at: 3, text: 'after' });
  expect((await store.lines('audit', 0, 10)).map(({ text }) => text)).toEqual(['whole', 'after']);
  await store.close();
});

it('refuses a folder that another process holds, and one that it cannot read', async () => {
  const folder = await newFolder();
  const other = spawn('sleep', ['60']);
  await writeFile(join(folder, 'in-use'), String(other.pid));
  await expect(openFileStore(folder)).rejects.toMatchObject({ code: 'CONFIG', remedy: /REDIS_URL/ });
  other.kill('SIGKILL');
  await new Promise((resolve) => other.on('exit', resolve));
  const store = await openFileStore(folder);
  await writeFile(join(folder, 'watches.json'), '{ not json');
  await expect(store.list('watches')).rejects.toMatchObject({ code: 'CONFIG' });
  await store.close();
  await expect(openFileStore(join(folder, 'watches.json', 'below'))).rejects.toMatchObject({ code: 'CONFIG' });
});

it('can be looked at while another process writes, and only that', async () => {
  const folder = await newFolder();
  const writer = await openFileStore(folder);
  await writer.append('audit', { at: 1, text: 'line' });
  await writer.replace('watches', 'a', '1', null);
  const reader = await openFileStore(folder, Date.now, { readOnly: true });
  expect(await reader.lines('audit', 0, 10)).toEqual([{ at: 1, text: 'line' }]);
  expect(await reader.read('watches', 'a')).toBe('1');
  await expect(reader.append('audit', { at: 2, text: 'no' })).rejects.toThrow('for reading');
  await expect(reader.replace('watches', 'a', null, '1')).rejects.toThrow('for reading');
  await expect(reader.claim('post', 1000)).rejects.toThrow('for reading');
  await reader.close();
  await expect(writer.append('audit', { at: 3, text: 'still' })).resolves.toBeUndefined();
  await writer.close();
});

const WRITER = `
import { openFileStore } from ${JSON.stringify(join(import.meta.dirname, '../../src/state/file-store.ts'))};
const store = await openFileStore(process.argv[1]);
process.stdout.write('open\\n');
for (let i = 1; ; i += 1) {
  await store.replace('counter', 'value', JSON.stringify({ i, filling: 'x'.repeat(20000) }), undefined);
  await store.append('lines', { at: i, text: String(i) });
}`;

it.each([1, 2, 3])('is whole after its process was killed while it wrote (%i)', async () => {
  const folder = await newFolder();
  const child = spawn(process.execPath, ['--input-type=module-typescript', '--eval', WRITER, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((resolve) => child.stdout.once('data', resolve));
  while (!(await readdir(folder)).includes('lines')) await new Promise(setImmediate);
  child.kill('SIGKILL');
  await new Promise((resolve) => child.on('exit', resolve));
  const store = await openFileStore(folder);
  const { i, filling } = JSON.parse((await store.read('counter', 'value')) ?? '');
  expect(filling).toHaveLength(20_000);
  const lines = await store.lines('lines', 0, 1e9);
  expect(lines.map(({ text }) => Number(text))).toEqual(lines.map((_, index) => index + 1));
  expect(i - lines.length).toBeLessThanOrEqual(2);
  await store.close();
});
