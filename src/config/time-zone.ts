/** Whether a text is the IANA name of a time zone; offsets such as `+05:00` are none. */
export function isTimeZone(value: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return /[A-Za-z]/.test(value);
  } catch {
    return false;
  }
}

export const NO_TIME_ZONE = 'must be an IANA time zone such as America/New_York';
