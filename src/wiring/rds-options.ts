import type { Config, RdsConfig } from '../config/config.ts';
import { openRdsPassword } from '../config/rds-password.ts';
import type { MysqlOptions } from '../db/connect-mysql.ts';
import { createIamToken } from '../db/iam-token.ts';

/** How to reach the database, from the settings, whose `secrets` grow with every password that is read later. */
export function rdsOptions(
  rds: RdsConfig,
  { queryTimeoutS, secrets }: Pick<Config, 'queryTimeoutS' | 'secrets'>,
): MysqlOptions {
  const { host, port, user, iamHost, iamRegion } = rds;
  const source = openRdsPassword({ rds, secrets });
  const password =
    source.takenFrom === 'signed'
      ? createIamToken({ host: source.iamHost, region: source.iamRegion, port, user })
      : async () => source.read();
  return {
    host,
    port,
    user,
    password,
    names: { fgw: rds.fgwDatabase, airflow: rds.airflowDatabase },
    tls: { ca: rds.tls.ca ?? undefined, serverName: rds.tls.serverName ?? undefined },
    queryTimeoutS,
    renewal: { iamHost, iamRegion, takenFrom: source.takenFrom },
  };
}
