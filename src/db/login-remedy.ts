import type { MysqlOptions } from './connect-mysql.ts';

type Login = Pick<MysqlOptions, 'host' | 'port' | 'user' | 'renewal'>;

/** What to do when the database refuses the login: the command that makes a new token, and where to put it. */
export function loginRemedy(login: Login): string {
  switch (login.renewal?.takenFrom) {
    case 'signed':
      return `Check that the AWS credentials of SENTRY may connect as ${login.user} (rds-db:connect), that RDS_IAM_HOST and RDS_IAM_REGION name the database node, and that this prints a token: ${tokenCommand(login)}`;
    case 'password-file':
      return `Make a new token and write it into the file at RDS_PASSWORD_FILE; SENTRY takes it up without a restart: ${tokenCommand(login)}`;
    case 'env-file':
      return `Make a new token and put it into .env as RDS_PASSWORD, in single quotes; SENTRY takes it up without a restart: ${tokenCommand(login)}`;
    default:
      return `Make a new token, set RDS_PASSWORD to it in single quotes, and start SENTRY again: ${tokenCommand(login)}`;
  }
}

/** Names in capitals stand for settings that are not known. */
function tokenCommand({ host, port, user, renewal }: Login): string {
  const node = renewal?.iamHost ?? (/\.rds\.amazonaws\.com$/i.test(host) ? host : 'RDS_IAM_HOST');
  const region = renewal?.iamRegion ?? regionIn(node) ?? regionIn(host) ?? 'RDS_IAM_REGION';
  return `aws rds generate-db-auth-token --hostname ${node} --port ${port} --username ${user} --region ${region}`;
}

function regionIn(host: string): string | undefined {
  return (
    /\.([a-z]{2}(?:-[a-z]+)+-\d)\.(?:rds|elb)\.amazonaws\.com$/i.exec(host)?.[1] ??
    /\.elb\.([a-z]{2}(?:-[a-z]+)+-\d)\.amazonaws\.com$/i.exec(host)?.[1]
  );
}
