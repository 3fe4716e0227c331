import { describe, expect, it } from 'vitest';
import { openRdsPassword } from '../../src/config/rds-password.ts';

/** A disk with these files, which may be changed. */
function open(rds: Partial<Parameters<typeof openRdsPassword>[0]['rds']>, disk: Record<string, string>) {
  const secrets: string[] = [];
  const readFile = (path: string) => {
    const text = disk[path] ?? null;
    if (text === 'UNREADABLE') throw new Error('EACCES');
    return text;
  };
  const given = { password: '', passwordFile: null, iamHost: null, iamRegion: null, ...rds };
  return { source: openRdsPassword({ rds: given, secrets, readFile }), secrets };
}

function reading(source: ReturnType<typeof openRdsPassword>): () => string {
  if (source.takenFrom === 'signed') return expect.fail('it should be read');
  return source.read;
}

describe('the password of the database', () => {
  it('is read again from its file, and struck out of the log from then on', () => {
    const disk: Record<string, string> = { token: 'one\n' };
    const { source, secrets } = open({ password: 'one', passwordFile: 'token' }, disk);
    const read = reading(source);
    expect([source.takenFrom, read()]).toEqual(['password-file', 'one']);
    disk.token = 'two\n';
    expect([read(), read()]).toEqual(['two', 'two']);
    expect(secrets).toEqual(['two']);
  });

  it.each([
    ['gone', undefined],
    ['empty', ' \n'],
    ['unreadable', 'UNREADABLE'],
  ])('stays as it was while its file is %s', (_, content) => {
    const disk: Record<string, string> = { token: 'one' };
    const read = reading(open({ password: 'one', passwordFile: 'token' }, disk).source);
    if (content === undefined) delete disk.token;
    else disk.token = content;
    expect(read()).toBe('one');
    disk.token = 'two';
    expect(read()).toBe('two');
  });

  it('is read again from .env where it came from there', () => {
    const disk: Record<string, string> = { '.env': "RDS_HOST=lb\nRDS_PASSWORD='n/?Action=connect&a=1'\n" };
    const { source } = open({ password: 'n/?Action=connect&a=1' }, disk);
    const read = reading(source);
    expect(source.takenFrom).toBe('env-file');
    disk['.env'] = "RDS_PASSWORD='n/?Action=connect&a=2%'\n";
    expect(read()).toBe('n/?Action=connect&a=2%');
    disk['.env'] = 'RDS_PASSWORD=\n';
    expect(read()).toBe('n/?Action=connect&a=2%');
  });

  it('stays as it is where the environment set it, whatever .env says', () => {
    const disk: Record<string, string> = { '.env': 'RDS_PASSWORD=other\n' };
    const { source } = open({ password: 'mine' }, disk);
    expect([source.takenFrom, reading(source)()]).toEqual(['environment', 'mine']);
  });

  it('is signed only where there is none and node and region are known', () => {
    const node = { iamHost: 'node-0', iamRegion: 'us-east-1' };
    expect(open(node, {}).source).toEqual({ takenFrom: 'signed', ...node });
    expect(open({ ...node, password: 'p' }, {}).source.takenFrom).toBe('environment');
    expect(open({ ...node, passwordFile: 'token' }, {}).source.takenFrom).toBe('password-file');
    expect(open({ iamHost: 'node-0' }, {}).source.takenFrom).toBe('environment');
  });
});
