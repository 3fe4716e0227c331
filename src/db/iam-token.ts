import { UpstreamError } from '../errors.ts';

interface IamTokenOptions {
  /** The database node: a token is valid for the host it was signed for, whatever one connects to. */
  host: string;
  port: number;
  user: string;
  region: string;
}

/**
 * Signs a token for each login with the AWS credentials of this machine. Signing itself contacts nobody; where the credentials
 * come from may (an instance's own, single sign-on), which is why this is opt-in. The signer is loaded at the first token.
 *
 * @throws UpstreamError `RDS_AUTH` when there are no credentials
 */
export function createIamToken({ host, port, user, region }: IamTokenOptions): () => Promise<string> {
  const load = async () => {
    const { Signer } = await import('@aws-sdk/rds-signer');
    return new Signer({ hostname: host, port, username: user, region });
  };
  let signer: ReturnType<typeof load> | undefined;
  return async () => {
    try {
      signer ??= load();
      return await (await signer).getAuthToken();
    } catch (error) {
      throw new UpstreamError('rds', 'RDS_AUTH', 'No token for the database could be signed.', {
        remedy:
          'Give SENTRY AWS credentials that may connect to the database (rds-db:connect), or set RDS_PASSWORD_FILE.',
        cause: error,
      });
    }
  };
}
