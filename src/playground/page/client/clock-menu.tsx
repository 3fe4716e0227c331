import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import type { ClockMove } from '../protocol.ts';
import { ClockIcon } from './icons.tsx';
import { act } from './store.ts';
import { useLook } from './text.tsx';
import { nightTime } from './time.ts';

/** The workspace's time, and the ways to move it on; nothing where the clock is the real one. */
export function ClockMenu(): ReactNode {
  const { snapshot } = useLook();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const menu = useRef<HTMLDivElement>(null);
  const toggle = useRef<HTMLButtonElement>(null);
  const panelId = useId();
  const time = useNightTime();

  useEffect(() => {
    const leave = (event: Event) => {
      if (!menu.current?.contains(event.target as Node)) setOpen(false);
    };
    addEventListener('pointerdown', leave);
    return () => removeEventListener('pointerdown', leave);
  }, []);

  if (snapshot.clock === null) return null;
  const city = snapshot.timeZone.split('/').at(-1)?.replaceAll('_', ' ');
  const move = async (by: ClockMove) => {
    setBusy(true);
    await act({ do: 'clock', move: by });
    setBusy(false);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !open) return;
    setOpen(false);
    toggle.current?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes the panel from anywhere in it
    <div className="clock" ref={menu} onKeyDown={onKeyDown}>
      <button
        type="button"
        ref={toggle}
        className="clock-toggle"
        aria-expanded={open}
        aria-controls={panelId}
        aria-label={`The clock: ${time} in ${city}. Move it on`}
        title="Move the clock on"
        onClick={() => setOpen(!open)}
      >
        <ClockIcon /> {time}
      </button>
      {open && (
        <section id={panelId} className="clock-panel" aria-label="Move the clock on">
          <p role="status">
            <b>{time}</b> in {city}
            {snapshot.clock.ticks ? '' : ', standing still'}
          </p>
          <div className="clock-moves">
            <Move label="+10 min" busy={busy} onPress={() => move('10 min')} />
            <Move label="+1 h" busy={busy} onPress={() => move('1 h')} />
            <Move
              label={Number(time.slice(-5, -3)) < 7 ? 'To 07:00' : 'To 07:00 tomorrow'}
              busy={busy}
              onPress={() => move('07:00')}
            />
          </div>
          <p className="clock-note">
            This world has a clock of its own. Move it on and the night plays out: runs end or fail, watches and digests
            speak up. It never goes back; starting the playground anew begins the night again.
          </p>
        </section>
      )}
    </div>
  );
}

function Move({ label, busy, onPress }: { label: string; busy: boolean; onPress(): void }): ReactNode {
  return (
    <button type="button" className="button" aria-disabled={busy} onClick={busy ? undefined : onPress}>
      {label}
    </button>
  );
}

/** Rendered anew whenever another minute has begun. */
function useNightTime(): string {
  const [, setShown] = useState('');
  useEffect(() => {
    const timer = setInterval(() => setShown(nightTime()), 1000);
    return () => clearInterval(timer);
  }, []);
  return nightTime();
}
