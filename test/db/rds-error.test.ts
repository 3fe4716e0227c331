import { describe, expect, it } from 'vitest';
import { rdsError } from '../../src/db/rds-error.ts';
import { SentryError } from '../../src/errors.ts';

const driver = (fields: object) => Object.assign(new Error("secret words about 'data'"), fields);

describe('a failure of the driver', () => {
  it.each([
    ['RDS_AUTH', { code: 'ER_ACCESS_DENIED_ERROR', errno: 1045 }],
    ['RDS_AUTH', { code: 'ER_DBACCESS_DENIED_ERROR', errno: 1044 }],
    ['RDS_AUTH', { code: 'ER_TABLEACCESS_DENIED_ERROR', errno: 1142 }],
    ['RDS_UNREACHABLE', { code: 'ECONNREFUSED' }],
    ['RDS_UNREACHABLE', { code: 'ENOTFOUND' }],
    ['RDS_UNREACHABLE', { code: 'ETIMEDOUT', fatal: true }],
    ['RDS_UNREACHABLE', { code: 'PROTOCOL_CONNECTION_LOST', fatal: true }],
    ['RDS_UNREACHABLE', { code: 'HANDSHAKE_SSL_ERROR' }],
    ['RDS_UNREACHABLE', { code: 'HANDSHAKE_NO_SSL_SUPPORT' }],
    ['RDS_UNREACHABLE', { code: 'SELF_SIGNED_CERT_IN_CHAIN' }],
    ['RDS_UNREACHABLE', { code: 'ERR_TLS_CERT_ALTNAME_INVALID' }],
    ['RDS_UNREACHABLE', { code: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY' }],
    ['RDS_TIMEOUT', { code: 'ER_QUERY_TIMEOUT', errno: 3024 }],
    ['RDS_TIMEOUT', { code: 'ER_STATEMENT_TIMEOUT', errno: 1969 }],
    ['RDS_TIMEOUT', { code: 'ER_UNKNOWN', errno: 1969 }],
    ['RDS_TIMEOUT', { code: 'ER_LOCK_WAIT_TIMEOUT', errno: 1205 }],
    ['RDS_BUSY', { code: 'ER_CON_COUNT_ERROR', errno: 1040, fatal: true }],
    ['RDS_BUSY', { code: 'ER_TOO_MANY_USER_CONNECTIONS', errno: 1203 }],
    ['RDS_BUSY', { code: 'POOL_BUSY' }],
    ['RDS_QUERY', { code: 'ER_PARSE_ERROR', errno: 1064 }],
    ['RDS_QUERY', { code: 'ER_NO_SUCH_TABLE', errno: 1146 }],
    ['RDS_QUERY', { code: 'ERR_SQLITE_ERROR', errcode: 1 }],
    ['RDS_QUERY', {}],
  ])('is told as %s: %j', (code, fields) => {
    const error = rdsError(driver(fields));
    expect(error).toMatchObject({ code, upstream: 'rds', remedy: expect.stringMatching(/^.{10,}\.$/) });
    expect(`${error.message} ${error.remedy}`).not.toMatch(/secret|data'/);
  });

  it.each([
    ['has expired', 'certificate has expired', 'renewed'],
    ['for another host name', "Hostname/IP does not match certificate's altnames: x", 'RDS_TLS_SERVER_NAME'],
    ['authority', 'self-signed certificate in certificate chain', 'RDS_PEM_PATH'],
    ['authority', 'unable to get local issuer certificate', 'RDS_PEM_PATH'],
    ['could not be reached', 'write EPROTO', 'RDS_HOST'],
  ])('of TLS tells that the certificate %s: %s', (told, words, remedy) => {
    const error = rdsError(Object.assign(new Error(words), { code: 'HANDSHAKE_SSL_ERROR', fatal: true }));
    expect(error).toMatchObject({ code: 'RDS_UNREACHABLE', message: expect.stringContaining(told) });
    expect(error.remedy).toContain(remedy);
  });

  it.each(['ER_SERVER_SHUTDOWN', 'ER_CONNECTION_KILLED', 'ER_CLIENT_INTERACTION_TIMEOUT'])(
    'that ends a session is no fault of a query: %s',
    (code) => {
      expect(rdsError(driver({ code })).code).toBe('RDS_UNREACHABLE');
    },
  );

  it('is told as RDS_QUERY when it is nothing that an error should be', () => {
    for (const thrown of [null, undefined, 'text', 7, {}]) expect(rdsError(thrown).code).toBe('RDS_QUERY');
  });

  it('that has been told already is left alone', () => {
    const error = new SentryError('POLICY_REFUSED', 'no', { remedy: 'none' });
    expect(rdsError(error)).toBe(error);
  });
});
