import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ensureProgram } from './install.ts';

const NEEDED = { programs: ['sentry-test-program'], debianPackage: 'some-package', variable: 'SENTRY_TEST_SOMETHING' };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sentry-install-'));
  vi.stubEnv('PATH', [folder, process.env.PATH].join(delimiter));
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

function program(name: string, script: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

describe('what tests need and the machine lacks', () => {
  it('is left alone where it is there', async () => {
    vi.stubEnv('SENTRY_TEST_INSTALL', '0');
    const path = program('sentry-test-program', 'true');
    expect(await ensureProgram(NEEDED)).toBe(path);
  });

  it('is named in one line, with the variable that helps, where installing is forbidden', async () => {
    vi.stubEnv('SENTRY_TEST_INSTALL', '0');
    await expect(ensureProgram(NEEDED)).rejects.toThrow(
      /^Tests need some-package: install it .*, or let SENTRY_TEST_SOMETHING point to one\.$/,
    );
  });

  it.runIf(process.getuid?.() === 0 && existsSync('/usr/bin/apt-get'))(
    'is installed by the one who may, with a line that says so, and no service is started',
    async () => {
      vi.stubEnv('SENTRY_TEST_INSTALL', '');
      const said = vi.spyOn(console, 'log').mockImplementation(() => {});
      const there = existsSync('/usr/sbin/policy-rc.d');
      // Stands in for Debian's tool: notes what it was asked, asks the policy as Debian does, and installs the program.
      program(
        'apt-get',
        `echo "$@" >> ${folder}/asked
         /usr/sbin/policy-rc.d some-service start; echo "policy $?" >> ${folder}/asked
         printf '#!/bin/sh\\n' > ${folder}/sentry-test-program; chmod 755 ${folder}/sentry-test-program`,
      );
      expect(await ensureProgram(NEEDED)).toBe(join(folder, 'sentry-test-program'));
      const asked = readFileSync(join(folder, 'asked'), 'utf8').trim().split('\n');
      expect(asked[0]).toMatch(/update/);
      expect(asked[2]).toMatch(/install -y .*some-package$/);
      expect([asked[1], asked[3]]).toEqual(['policy 101', 'policy 101']);
      expect(said).toHaveBeenCalledOnce();
      expect(said.mock.calls[0]?.[0]).toMatch(/Installing some-package .*SENTRY_TEST_INSTALL=0/);
      expect(existsSync('/usr/sbin/policy-rc.d')).toBe(there);
    },
  );
});
