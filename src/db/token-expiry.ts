/** When an IAM token says that it ends, in UTC milliseconds; null for any other password. */
export function tokenExpiry(password: string): number | null {
  const parameter = (name: string) => new RegExp(`[?&]${name}=([^&]+)`, 'i').exec(password)?.[1];
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(parameter('X-Amz-Date') ?? '') ?? [];
  const lifetimeS = /^\d{1,7}$/.exec(parameter('X-Amz-Expires') ?? '')?.[0];
  if (second === undefined || lifetimeS === undefined) return null;
  const signedAt = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(signedAt) ? null : signedAt + Number(lifetimeS) * 1000;
}
