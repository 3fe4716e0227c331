/** A word for what is wrong, fit for a log line. The driver's own errors are not passed on: they carry commands with their arguments, AUTH among them. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (typeof code === 'string') return code;
  const text = typeof message === 'string' ? message : '';
  if (text.includes('timed out')) return 'time-out';
  return /^(NOAUTH|WRONGPASS|NOPERM|READONLY|OOM|LOADING|MISCONF|ERR)\b/.exec(text)?.[1] ?? 'connection closed';
}
