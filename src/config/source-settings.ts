import type { LenzConfig, RdsConfig, SourcesConfig } from './config.ts';
import type { Env, Environment, VariableName } from './environment.ts';
import { holdsCertificates, type ReadFile, readNamed } from './files.ts';

const LENZ_URL = 'https://lenz-app.prod.aws.jpmchase.net/lenz/essentials';
const PEM_PATH = 'rds.pem';

/** What the template sets by itself: such a value says nothing of what is wanted. */
const TEMPLATE: Readonly<Partial<Record<VariableName, string>>> = {
  RDS_PORT: '6150',
  RDS_USER: 'AuroraReadWrite',
  RDS_PEM_PATH: PEM_PATH,
  FGW_DATABASE: 'FINEGRAINED_WORKFLOW',
  AIRFLOW_DATABASE: 'airflow',
  LENZ_API_BASE_URL: LENZ_URL,
  LENZ_AUTH: 'auto',
  LENZ_DOMAIN: 'NAEAST',
};

const RDS: readonly VariableName[] = [
  'RDS_HOST',
  'RDS_PORT',
  'RDS_USER',
  'RDS_PASSWORD',
  'RDS_PASSWORD_FILE',
  'RDS_PEM_PATH',
  'RDS_TLS_SERVER_NAME',
  'RDS_IAM_HOST',
  'RDS_IAM_REGION',
  'FGW_DATABASE',
  'AIRFLOW_DATABASE',
];
const LENZ: readonly VariableName[] = [
  'LENZ_API_BASE_URL',
  'LENZ_USERNAME',
  'LENZ_PASSWORD',
  'LENZ_AUTH',
  'LENZ_DOMAIN',
  'LENZ_CA_PATH',
  'LENZ_USER_AGENT',
  'LENZ_ADFS_ORIGINS',
];

export interface SettingsScope {
  /** As given, to tell a setting from a default. */
  env: Env;
  values: Environment;
  production: boolean;
  read: ReadFile;
  problem: (text: string) => void;
  warn: (text: string) => void;
}

/** The database and Lenz: both real or both embedded. */
export function readSources(scope: SettingsScope): SourcesConfig {
  const rdsMeant = isMeant(scope.env, RDS);
  const lenzMeant = isMeant(scope.env, LENZ);
  if (!rdsMeant && !lenzMeant) {
    if (scope.production) {
      scope.problem(
        'RDS_HOST, RDS_PASSWORD (or RDS_PASSWORD_FILE), LENZ_USERNAME and LENZ_PASSWORD are missing: production never answers from the simulated world.',
      );
    }
    return { kind: 'embedded' };
  }
  if (!rdsMeant) {
    scope.problem(
      'Lenz is configured and the database is not: set RDS_HOST and RDS_PASSWORD, or leave the LENZ_ variables empty.',
    );
  }
  return {
    kind: 'real',
    rds: readRds(scope, rdsMeant),
    lenz: readLenz(scope, rdsMeant && !lenzMeant),
  };
}

function isMeant(env: Env, names: readonly VariableName[]): boolean {
  return names.some((name) => {
    const value = env[name]?.trim();
    return Boolean(value) && value !== TEMPLATE[name];
  });
}

function readRds({ env, values, production, read, problem, warn }: SettingsScope, meant: boolean): RdsConfig {
  const { RDS_HOST: host, RDS_PASSWORD: password, RDS_PASSWORD_FILE: passwordFile, RDS_PEM_PATH: pemPath } = values;
  if (meant) {
    if (!env.RDS_HOST?.trim()) problem('RDS_HOST is missing: the load balancer in front of the database.');
    const signs = values.RDS_IAM_HOST && values.RDS_IAM_REGION;
    if (!env.RDS_PASSWORD?.trim() && !passwordFile && !signs) {
      problem(
        'RDS_PASSWORD is missing: an IAM token in single quotes, or RDS_PASSWORD_FILE with the path of a file that holds one, or RDS_IAM_HOST and RDS_IAM_REGION for tokens that SENTRY signs itself.',
      );
    }
  }
  if (password && passwordFile) problem('RDS_PASSWORD and RDS_PASSWORD_FILE are both set: keep one.');
  if (host?.endsWith('.rds.amazonaws.com')) {
    warn(
      'RDS_HOST looks like the database node; connections go through the load balancer. Put the node in RDS_IAM_HOST.',
    );
  }
  return {
    host: host ?? '',
    port: values.RDS_PORT,
    user: values.RDS_USER,
    password: password ?? (passwordFile ? readPassword(passwordFile) : ''),
    passwordFile: passwordFile ?? null,
    tls: { ca: meant ? readRdsCa(pemPath) : null, serverName: values.RDS_TLS_SERVER_NAME ?? null },
    fgwDatabase: values.FGW_DATABASE,
    airflowDatabase: values.AIRFLOW_DATABASE,
    iamHost: values.RDS_IAM_HOST ?? null,
    iamRegion: values.RDS_IAM_REGION ?? null,
  };

  function readPassword(path: string): string {
    const { text, absent } = readNamed('RDS_PASSWORD_FILE', path, read, problem);
    if (absent) problem('RDS_PASSWORD_FILE names a file that does not exist.');
    else if (text?.trim() === '') problem('RDS_PASSWORD_FILE names an empty file.');
    return text?.trim() ?? '';
  }

  function readRdsCa(path: string | undefined): string | null {
    const { text, absent } = path ? readNamed('RDS_PEM_PATH', path, read, problem) : { text: null, absent: true };
    if (absent) {
      if (production)
        problem(
          'RDS_PEM_PATH names no file: production does not connect to a database whose certificate it cannot verify.',
        );
      else {
        warn(
          'THE DATABASE CERTIFICATE IS NOT VERIFIED: RDS_PEM_PATH names no file. The connection is encrypted, but anyone in between could pose as the database and take the password. Fetch the RDS certificate bundle and set RDS_PEM_PATH.',
        );
      }
    } else if (text !== null && !holdsCertificates(text)) {
      problem('RDS_PEM_PATH names a file that holds no readable PEM certificate.');
      return null;
    }
    return text;
  }
}

function readLenz({ env, values, read, problem }: SettingsScope, onlyRds: boolean): LenzConfig {
  const { LENZ_USERNAME: username, LENZ_PASSWORD: password, LENZ_AUTH: auth } = values;
  if (auth !== 'none') {
    const missing = (['LENZ_USERNAME', 'LENZ_PASSWORD'] as const).filter((name) => !env[name]?.trim());
    if (missing.length > 0) {
      const why = onlyRds ? 'The database is configured and Lenz is not: ' : '';
      problem(
        `${why}${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} missing (or LENZ_AUTH=none for a Lenz that asks for no sign-on).`,
      );
    }
  }
  return {
    baseUrl: values.LENZ_API_BASE_URL ?? LENZ_URL,
    username: username ?? null,
    password: password ?? null,
    auth,
    domain: values.LENZ_DOMAIN,
    ca: values.LENZ_CA_PATH ? readLenzCa(values.LENZ_CA_PATH) : null,
    userAgent: values.LENZ_USER_AGENT ?? null,
    adfsOrigins: values.LENZ_ADFS_ORIGINS,
  };

  function readLenzCa(path: string): string | null {
    const { text, absent } = readNamed('LENZ_CA_PATH', path, read, problem);
    if (absent) problem('LENZ_CA_PATH names a file that does not exist.');
    else if (text !== null && !holdsCertificates(text))
      problem('LENZ_CA_PATH names a file that holds no readable PEM certificate.');
    return text;
  }
}
