/** What people call a zone that is not the last part of its name. Only what means one zone: IST and CST mean several. */
const FURTHER: Readonly<Record<string, string>> = {
  utc: 'UTC',
  gmt: 'UTC',
  zulu: 'UTC',
  et: 'America/New_York',
  est: 'America/New_York',
  edt: 'America/New_York',
  eastern: 'America/New_York',
  nyc: 'America/New_York',
  'jersey city': 'America/New_York',
  wilmington: 'America/New_York',
  delaware: 'America/New_York',
  tampa: 'America/New_York',
  columbus: 'America/New_York',
  dallas: 'America/Chicago',
  plano: 'America/Chicago',
  houston: 'America/Chicago',
  glasgow: 'Europe/London',
  edinburgh: 'Europe/London',
  bournemouth: 'Europe/London',
  uk: 'Europe/London',
  cet: 'Europe/Paris',
  cest: 'Europe/Paris',
  frankfurt: 'Europe/Berlin',
  mumbai: 'Asia/Kolkata',
  bangalore: 'Asia/Kolkata',
  bengaluru: 'Asia/Kolkata',
  hyderabad: 'Asia/Kolkata',
  kolkata: 'Asia/Kolkata',
  india: 'Asia/Kolkata',
  beijing: 'Asia/Shanghai',
};

const NAMES: ReadonlyMap<string, string> = new Map([
  ...Intl.supportedValuesOf('timeZone').flatMap((zone): [string, string][] => {
    const city = zone.split('/').at(-1)?.replaceAll('_', ' ').toLowerCase() ?? '';
    return [
      [zone.toLowerCase(), zone],
      [city, zone],
    ];
  }),
  ...Object.entries(FURTHER),
]);

/** The longest name of a zone in a text: an IANA name, a city as in one, or a common short form. */
export function zoneNamed(text: string): { zone: string; start: number; end: number } | null {
  const words = [...text.matchAll(/[A-Za-z][A-Za-z/_'+-]*\d?/g)].map((match) => ({
    text: match[0].toLowerCase(),
    start: match.index,
    end: match.index + match[0].length,
  }));
  for (let length = 3; length > 0; length -= 1) {
    for (let at = 0; at + length <= words.length; at += 1) {
      const span = words.slice(at, at + length);
      const zone =
        NAMES.get(span.map((word) => word.text).join(' ')) ?? NAMES.get(span.map((word) => word.text).join('_'));
      if (zone !== undefined) return { zone, start: span[0]?.start ?? 0, end: span.at(-1)?.end ?? 0 };
    }
  }
  return null;
}
