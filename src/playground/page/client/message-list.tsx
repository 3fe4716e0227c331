import { Fragment, type ReactNode, useEffect, useLayoutEffect, useRef } from 'react';
import type { PageMessage, PageStatus } from '../protocol.ts';
import { MessageRow } from './message-row.tsx';
import { dayName } from './time.ts';

const GROUPED_SECONDS = 300;
const NEAR_END = 160;
const LAST_MARGIN = 8;

interface MessageListProps {
  /** Changes when another conversation is shown. */
  id: string;
  messages: PageMessage[];
  repliesOf: (ts: string) => PageMessage[];
  statusOf: (ts: string) => PageStatus | undefined;
  inThread?: boolean;
  /** Drawn above the first message. */
  start?: ReactNode;
  /** Drawn below the last message. */
  end?: ReactNode;
}

/** Messages by day. Stays at the end while new ones come, unless the reader has scrolled up. */
export function MessageList({
  id,
  messages,
  repliesOf,
  statusOf,
  inThread = false,
  start,
  end,
}: MessageListProps): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const lastTop = useRef(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another conversation starts at its end
  useLayoutEffect(() => {
    atEnd.current = true;
    showLast(box.current);
  }, [id]);

  useEffect(() => {
    const grown = new ResizeObserver(() => {
      if (atEnd.current) showLast(box.current);
    });
    if (content.current) grown.observe(content.current);
    if (box.current) grown.observe(box.current);
    return () => grown.disconnect();
  }, []);

  const onScroll = () => {
    const { current } = box;
    if (!current) return;
    // New messages move the end before this is told: only scrolling up means that the reader left it.
    if (current.scrollTop > endOf(current) - NEAR_END) atEnd.current = true;
    else if (current.scrollTop < lastTop.current) atEnd.current = false;
    lastTop.current = current.scrollTop;
  };

  return (
    <div
      className="message-scroll"
      ref={box}
      onScroll={onScroll}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
      role="log"
      aria-label={inThread ? 'Thread' : 'Messages'}
    >
      <div className="message-list" ref={content}>
        {start}
        {messages.map((message, index) => {
          const before = messages[index - 1];
          const newDay = !inThread && (!before || dayName(before.ts) !== dayName(message.ts));
          return (
            <Fragment key={message.ts}>
              {newDay && (
                <div className="day">
                  <span>{dayName(message.ts)}</span>
                </div>
              )}
              <MessageRow
                message={message}
                compact={!newDay && belongsTo(before, message, inThread && index === 1)}
                replies={inThread ? [] : repliesOf(message.ts)}
                status={inThread ? undefined : statusOf(message.ts)}
                inThread={inThread}
              />
              {inThread && index === 0 && messages.length > 1 && (
                <div className="reply-count">
                  <span>
                    {messages.length - 1} {messages.length === 2 ? 'reply' : 'replies'}
                  </span>
                </div>
              )}
            </Fragment>
          );
        })}
        {end}
      </div>
    </div>
  );
}

function belongsTo(before: PageMessage | undefined, message: PageMessage, afterRoot: boolean): boolean {
  if (!before || afterRoot || message.ephemeral || before.ephemeral) return false;
  if (before.subtype === 'tombstone' || before.user !== message.user) return false;
  return Number(message.ts) - Number(before.ts) < GROUPED_SECONDS;
}

/** How far down the newest message is read from its beginning: the very end, unless that message is taller than the view. */
function endOf(box: HTMLElement): number {
  const last = [...box.querySelectorAll<HTMLElement>('.message')].at(-1);
  const end = box.scrollHeight - box.clientHeight;
  return last ? Math.min(end, last.offsetTop - LAST_MARGIN) : end;
}

function showLast(box: HTMLElement | null): void {
  box?.scrollTo({ top: endOf(box) });
}
