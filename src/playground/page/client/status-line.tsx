import { type ReactNode, useEffect, useState } from 'react';
import type { PageStatus } from '../protocol.ts';
import { useLook } from './text.tsx';

const ROTATION_MS = 2500;

/** "SENTRY is reading runs…": what the app says it is doing; several messages take turns. */
export function StatusLine({ status }: { status: PageStatus }): ReactNode {
  const { snapshot } = useLook();
  const [turn, setTurn] = useState(0);
  const messages = status.loadingMessages;
  useEffect(() => {
    if (messages.length < 2) return;
    const timer = setInterval(() => setTurn((one) => one + 1), ROTATION_MS);
    return () => clearInterval(timer);
  }, [messages.length]);
  const name = snapshot.users.find((user) => user.id === snapshot.botUserId)?.realName ?? 'The app';
  const text = messages.length > 0 ? messages[turn % messages.length] : `${name} ${status.status}`;
  return (
    <span className="status-line" role="status">
      <span className="dots" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      <span className="status-text">{text}</span>
    </span>
  );
}
