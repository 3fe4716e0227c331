import { memo, type ReactNode, useState } from 'react';
import type { PageMessage, PageStatus, PageUser } from '../protocol.ts';
import { Avatar } from './avatar.tsx';
import { type AnyBlock, Blocks } from './blocks.tsx';
import { EditIcon, EyeIcon, FileIcon, ReactIcon, ThreadIcon, TrashIcon } from './icons.tsx';
import { OriginContext } from './interactive.tsx';
import { goTo } from './place.ts';
import { StatusLine } from './status-line.tsx';
import { act } from './store.ts';
import { decodeEntities, Mrkdwn, useLook } from './text.tsx';
import { clockTime, fullTime } from './time.ts';

interface MessageRowProps {
  message: PageMessage;
  /** The message before it is the same person's, a moment ago: no picture, no name. */
  compact: boolean;
  /** Oldest first; empty inside a thread. */
  replies: PageMessage[];
  status?: PageStatus | undefined;
  inThread: boolean;
}

const REACTIONS = ['👍', '👀', '✅', '🎉', '🙏'];

export const MessageRow = memo(function MessageRow({
  message,
  compact,
  replies,
  status,
  inThread,
}: MessageRowProps): ReactNode {
  const { snapshot } = useLook();
  const [editing, setEditing] = useState(false);
  const user = snapshot.users.find((one) => one.id === message.user);
  const isApp = message.user === snapshot.botUserId;
  const gone = message.subtype === 'tombstone';
  const classes = ['message', compact ? 'compact' : '', message.ephemeral ? 'ephemeral' : '', gone ? 'gone' : '']
    .filter(Boolean)
    .join(' ');
  return (
    <article
      className={classes}
      data-ts={message.ts}
      data-user={user?.name}
      aria-label={`${user?.realName ?? 'Someone'}, ${clockTime(message.ts)}`}
    >
      <div className="gutter">
        {compact ? (
          <time className="hover-time">{clockTime(message.ts).replace(/ [AP]M/, '')}</time>
        ) : (
          <Avatar user={user} isApp={isApp} />
        )}
      </div>
      <div className="message-body">
        {message.ephemeral && (
          <div className="only-you">
            <EyeIcon /> Only visible to you
          </div>
        )}
        {!compact && <Byline user={user} message={message} />}
        <div className="message-content">
          {editing ? <Editor message={message} done={() => setEditing(false)} /> : <Content message={message} />}
          {message.edited && !editing && <span className="edited">(edited)</span>}
        </div>
        {message.inviteTo && (
          <div className="block-actions">
            <button
              type="button"
              className="button button-default"
              onClick={() => act({ do: 'invite', channel: message.inviteTo ?? '' })}
            >
              Invite to channel
            </button>
          </div>
        )}
        <Files message={message} />
        <Reactions message={message} me={snapshot.me} users={snapshot.users} />
        {!inThread && replies.length > 0 && (
          <ThreadSummary message={message} replies={replies} users={snapshot.users} botUserId={snapshot.botUserId} />
        )}
        {!inThread && status && (
          <button type="button" className="status-in-channel" onClick={() => goTo(message.channel, message.ts)}>
            <StatusLine status={status} />
          </button>
        )}
      </div>
      {!editing && !gone && (
        <Tools message={message} inThread={inThread} own={message.user === snapshot.me} edit={() => setEditing(true)} />
      )}
    </article>
  );
});

function Byline({ user, message }: { user: PageUser | undefined; message: PageMessage }): ReactNode {
  return (
    <div className="byline">
      <span className="author">{user?.isBot ? user.realName : (user?.realName ?? message.user)}</span>
      {user?.isBot && <span className="badge-app">APP</span>}
      <time dateTime={new Date(Number(message.ts) * 1000).toISOString()} title={fullTime(message.ts)}>
        {clockTime(message.ts)}
      </time>
    </div>
  );
}

function Content({ message }: { message: PageMessage }): ReactNode {
  if (message.blocks && message.blocks.length > 0) {
    return (
      <OriginContext value={{ channel: message.channel, ts: message.ts }}>
        <Blocks blocks={message.blocks as AnyBlock[]} />
        {message.streaming && <span className="caret" />}
      </OriginContext>
    );
  }
  if (message.streaming) return <span className="caret" />;
  return <Mrkdwn text={message.text} />;
}

function Files({ message }: { message: PageMessage }): ReactNode {
  if (message.files.length === 0) return null;
  return (
    <div className="files">
      {message.files.map((file) =>
        file.mimetype.startsWith('image/') ? (
          <figure key={file.id}>
            <figcaption>{file.title}</figcaption>
            <a href={file.url} target="_blank" rel="noreferrer">
              <img src={file.url} alt={file.alt} loading="lazy" />
            </a>
          </figure>
        ) : (
          <a key={file.id} className="file" href={file.url} target="_blank" rel="noreferrer">
            <FileIcon /> {file.title}
          </a>
        ),
      )}
    </div>
  );
}

const SHORT_NAMES: Record<string, string> = {
  '+1': '👍',
  thumbsup: '👍',
  eyes: '👀',
  white_check_mark: '✅',
  tada: '🎉',
  pray: '🙏',
  x: '❌',
  warning: '⚠️',
  hourglass_flowing_sand: '⏳',
};

function Reactions({ message, me, users }: { message: PageMessage; me: string; users: PageUser[] }): ReactNode {
  if (message.reactions.length === 0) return null;
  return (
    <div className="reactions">
      {message.reactions.map((reaction) => (
        <button
          key={reaction.name}
          type="button"
          aria-pressed={reaction.users.includes(me)}
          title={reaction.users.map((id) => users.find((user) => user.id === id)?.realName ?? id).join(', ')}
          onClick={() => act({ do: 'react', channel: message.channel, ts: message.ts, name: reaction.name })}
        >
          {SHORT_NAMES[reaction.name] ?? reaction.name} <b>{reaction.users.length}</b>
        </button>
      ))}
    </div>
  );
}

function ThreadSummary({
  message,
  replies,
  users,
  botUserId,
}: {
  message: PageMessage;
  replies: PageMessage[];
  users: PageUser[];
  botUserId: string;
}): ReactNode {
  const people = [...new Set(replies.map((reply) => reply.user))].slice(0, 4);
  const last = replies.at(-1);
  return (
    <button type="button" className="thread-summary" onClick={() => goTo(message.channel, message.ts)}>
      <span className="thread-faces">
        {people.map((id) => (
          <Avatar key={id} user={users.find((user) => user.id === id)} size={24} isApp={id === botUserId} />
        ))}
      </span>
      <b>
        {replies.length} {replies.length === 1 ? 'reply' : 'replies'}
      </b>
      <span className="thread-last">Last reply at {clockTime(last?.ts ?? message.ts)}</span>
      <span className="thread-view">View thread</span>
    </button>
  );
}

function Tools({
  message,
  inThread,
  own,
  edit,
}: {
  message: PageMessage;
  inThread: boolean;
  own: boolean;
  edit(): void;
}): ReactNode {
  const [picking, setPicking] = useState(false);
  const { snapshot } = useLook();
  if (message.ephemeral) return null;
  const target = { channel: message.channel, ts: message.ts };
  return (
    <div className="tools" role="toolbar" aria-label="Message actions">
      {picking ? (
        REACTIONS.map((name) => (
          <button
            key={name}
            type="button"
            aria-label={`React with ${name}`}
            onClick={() => {
              setPicking(false);
              act({ do: 'react', ...target, name });
            }}
          >
            {name}
          </button>
        ))
      ) : (
        <>
          <button type="button" aria-label="Add reaction" title="Add reaction" onClick={() => setPicking(true)}>
            <ReactIcon />
          </button>
          {!inThread && (
            <button
              type="button"
              aria-label="Reply in thread"
              title="Reply in thread"
              onClick={() => goTo(message.channel, message.threadTs ?? message.ts)}
            >
              <ThreadIcon />
            </button>
          )}
          {snapshot.shortcuts.map(({ callbackId, name }) => (
            <button
              key={callbackId}
              type="button"
              aria-label={name}
              title={name}
              onClick={() => act({ do: 'shortcut', ...target, callbackId })}
            >
              🔎
            </button>
          ))}
          {own && (
            <>
              <button type="button" aria-label="Edit message" title="Edit message" onClick={edit}>
                <EditIcon />
              </button>
              <button
                type="button"
                aria-label="Delete message"
                title="Delete message"
                onClick={() => act({ do: 'delete', ...target })}
              >
                <TrashIcon />
              </button>
            </>
          )}
        </>
      )}
    </div>
  );
}

function Editor({ message, done }: { message: PageMessage; done(): void }): ReactNode {
  const { snapshot } = useLook();
  const [text, setText] = useState(() => asTyped(message.text, snapshot.users));
  const save = async () => {
    await act({ do: 'edit', channel: message.channel, ts: message.ts, text });
    done();
  };
  return (
    <div className="editor">
      <textarea
        className="field"
        aria-label="Edit message"
        value={text}
        // biome-ignore lint/a11y/noAutofocus: the person just asked to edit here
        autoFocus
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') done();
          if (event.key === 'Enter' && !event.shiftKey) {
            event.preventDefault();
            save();
          }
        }}
      />
      <div className="block-actions">
        <button type="button" className="button button-default" onClick={done}>
          Cancel
        </button>
        <button type="button" className="button button-primary" onClick={save}>
          Save
        </button>
      </div>
    </div>
  );
}

/** What was stored, as it would be typed again. */
function asTyped(text: string, users: PageUser[]): string {
  const references = text
    .replace(/<@([A-Z0-9]+)>/g, (whole, id: string) => {
      const user = users.find((one) => one.id === id);
      return user ? `@${user.name}` : whole;
    })
    .replace(/<#[A-Z0-9]+\|([^>]+)>/g, '#$1')
    .replace(/<!(\w+)>/g, '@$1')
    .replace(/<(https?:[^|>]+)>/g, '$1');
  return decodeEntities(references);
}
