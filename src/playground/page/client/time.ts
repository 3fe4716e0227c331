interface Formats {
  clock: Intl.DateTimeFormat;
  day: Intl.DateTimeFormat;
  full: Intl.DateTimeFormat;
  date: Intl.DateTimeFormat;
  night: Intl.DateTimeFormat;
}

/** How far the workspace's clock is ahead of the browser's; where it stands still, when. */
let clock: { ahead: number } | { at: number } = { ahead: 0 };
let formats = formatsIn(undefined);

function formatsIn(timeZone: string | undefined): Formats {
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat('en-US', { timeZone, ...options });
  return {
    clock: format({ hour: 'numeric', minute: '2-digit' }),
    day: format({ weekday: 'long', month: 'long', day: 'numeric' }),
    full: format({ dateStyle: 'full', timeStyle: 'long' }),
    date: format({ year: 'numeric', month: '2-digit', day: '2-digit' }),
    night: format({ weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
  };
}

/** The workspace has a clock of its own, and people live in a zone: both come with the snapshot. */
export function setClock(now: number, timeZone: string, ticks: boolean): void {
  clock = ticks ? { ahead: now - Date.now() } : { at: now };
  formats = formatsIn(timeZone);
}

function workspaceNow(): number {
  return 'at' in clock ? clock.at : Date.now() + clock.ahead;
}

/** "Sat 03:12": the workspace's time now, as people of the night write it. */
export function nightTime(): string {
  return formats.night.format(workspaceNow()).replace(',', '');
}

function instantOf(ts: string): Date {
  return new Date(Number(ts) * 1000);
}

export function clockTime(ts: string): string {
  return formats.clock.format(instantOf(ts));
}

export function fullTime(ts: string): string {
  return formats.full.format(instantOf(ts));
}

/** "Today", "Yesterday", or the date. */
export function dayName(ts: string): string {
  const now = workspaceNow();
  const same = (at: number) => formats.date.format(at) === formats.date.format(instantOf(ts));
  if (same(now)) return 'Today';
  return same(now - 86_400_000) ? 'Yesterday' : formats.day.format(instantOf(ts));
}
