import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readEnv } from '../../src/config/read-env.ts';

function dotEnv(text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'sentry-env-')), '.env');
  writeFileSync(path, text);
  return path;
}

describe('readEnv', () => {
  it('takes a token in single quotes as it is', () => {
    const token = 'node.example.com:6150/?Action=connect&DBUser=x&X-Amz-Credential=A%2Fb#c&X-Amz-Signature=00ff';
    expect(readEnv({ path: dotEnv(`RDS_PASSWORD='${token}'\n`), target: {} }).RDS_PASSWORD).toBe(token);
  });

  it('lets the real environment win, also with an empty value', () => {
    const path = dotEnv('PORT=1\nRDS_HOST=lb\nLOG_LEVEL=DEBUG\n');
    expect(readEnv({ path, target: { PORT: '2', RDS_HOST: '' } })).toEqual({
      PORT: '2',
      RDS_HOST: '',
      LOG_LEVEL: 'DEBUG',
    });
  });

  it('does without a file, and says when one cannot be read', () => {
    const folder = mkdtempSync(join(tmpdir(), 'sentry-env-'));
    expect(readEnv({ path: join(folder, '.env'), target: { A: 'b' } })).toEqual({ A: 'b' });
    expect(() => readEnv({ path: folder, target: {} })).toThrow('.env is there but cannot be read');
  });

  it('turns inherited tracing off, and leaves it on where .env asks for it', () => {
    const target = { LANGSMITH_TRACING: 'true', LANGSMITH_API_KEY: 'k', LANGCHAIN_TRACING_V2: 'true', PATH: '/bin' };
    readEnv({ path: dotEnv(''), target });
    expect(target).toEqual({ PATH: '/bin' });

    const wanted: NodeJS.ProcessEnv = { LANGSMITH_API_KEY: 'of the shell' };
    readEnv({ path: dotEnv('LANGSMITH_TRACING=true\nLANGSMITH_API_KEY=mine\n'), target: wanted });
    expect(wanted).toEqual({ LANGSMITH_TRACING: 'true', LANGSMITH_API_KEY: 'mine' });
  });

  it('removes what would lead the sign-on to another host', () => {
    const target = { AZURE_REGIONAL_AUTHORITY_NAME: 'westus', MSAL_FORCE_REGION: 'westus', PATH: '/bin' };
    readEnv({ path: dotEnv(''), target });
    expect(target).toEqual({ PATH: '/bin' });
  });
});
