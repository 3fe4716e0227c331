import { type KeyboardEvent, type ReactNode, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { Avatar } from './avatar.tsx';
import { AtIcon, SendIcon, SlashIcon } from './icons.tsx';
import { act } from './store.ts';
import { type Suggestion, suggestionsFor } from './suggestions.ts';
import { useLook } from './text.tsx';

interface ComposerProps {
  channel: string;
  threadTs?: string;
  placeholder: string;
}

/** Texts that were begun and not sent, by conversation. */
const drafts = new Map<string, string>();

/** Where a person writes. Enter sends, Shift+Enter breaks the line; `/`, `@` and `#` suggest. */
export function Composer({ channel, threadTs, placeholder }: ComposerProps): ReactNode {
  const { snapshot } = useLook();
  const draftKey = `${snapshot.me}:${channel}:${threadTs ?? ''}`;
  const [text, setText] = useState(() => drafts.get(draftKey) ?? '');
  const [cursor, setCursor] = useState(text.length);
  const [chosen, setChosen] = useState(0);
  const [dismissed, setDismissed] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);
  const listId = useId();
  const inThread = threadTs !== undefined;
  const suggestions = dismissed === text ? [] : suggestionsFor(text, cursor, snapshot, inThread);
  const at = Math.min(chosen, suggestions.length - 1);

  useEffect(() => {
    if (matchMedia('(pointer: fine)').matches) field.current?.focus();
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useLayoutEffect(() => {
    const { current } = field;
    if (!current) return;
    current.style.height = 'auto';
    current.style.height = `${Math.min(current.scrollHeight, 240)}px`;
  }, [text]);

  const write = (value: string, position = value.length) => {
    drafts.set(draftKey, value);
    setText(value);
    setCursor(position);
    setChosen(0);
  };

  const choose = (suggestion: Suggestion) => {
    write(suggestion.text);
    field.current?.focus();
  };

  const insert = (sign: string) => {
    const needsSpace = sign !== '/' && text !== '' && !text.endsWith(' ');
    write(sign === '/' ? `/${text.replace(/^\//, '')}` : `${text}${needsSpace ? ' ' : ''}${sign}`);
    field.current?.focus();
  };

  const send = async () => {
    const sent = text.trim();
    if (!sent) return;
    write('');
    const result = await act({ do: 'post', channel, text: sent, ...(threadTs ? { threadTs } : {}) });
    if (!result.ok) write(sent);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const suggestion = suggestions[at];
    if (suggestion) {
      const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
      const takes =
        event.key === 'Tab' || (event.key === 'Enter' && !event.shiftKey && suggestion.text.trim() !== text.trim());
      if (step !== 0) setChosen((at + step + suggestions.length) % suggestions.length);
      else if (takes) choose(suggestion);
      else if (event.key === 'Escape') setDismissed(text);
      if (step !== 0 || takes || event.key === 'Escape') {
        event.preventDefault();
        return;
      }
    }
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      send();
    }
  };

  return (
    <div className="composer">
      {suggestions.length > 0 && (
        <div className="suggestions" role="listbox" id={listId} aria-label="Suggestions">
          {suggestions.map((suggestion, index) => (
            <div
              key={suggestion.label}
              id={`${listId}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === at}
              className="suggestion"
              onMouseDown={(event) => {
                event.preventDefault();
                choose(suggestion);
              }}
            >
              {suggestion.user ? (
                <Avatar
                  user={snapshot.users.find((user) => user.id === suggestion.user)}
                  size={22}
                  isApp={suggestion.user === snapshot.botUserId}
                />
              ) : (
                <span className="suggestion-sign">{suggestion.label.charAt(0)}</span>
              )}
              <b>{suggestion.label.replace(/^#/, '')}</b>
              <span>{suggestion.detail}</span>
            </div>
          ))}
        </div>
      )}
      <div className="composer-box">
        <textarea
          ref={field}
          rows={1}
          value={text}
          placeholder={placeholder}
          aria-label={placeholder}
          role="combobox"
          aria-expanded={suggestions.length > 0}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={suggestions.length > 0 ? `${listId}-${at}` : undefined}
          spellCheck={false}
          onChange={(event) => write(event.target.value, event.target.selectionStart)}
          onSelect={(event) => setCursor(event.currentTarget.selectionStart)}
          onKeyDown={onKeyDown}
        />
        <div className="composer-bar">
          {!inThread && (
            <button type="button" aria-label="Insert a command" title="Commands" onClick={() => insert('/')}>
              <SlashIcon />
            </button>
          )}
          <button type="button" aria-label="Mention someone" title="Mention someone" onClick={() => insert('@')}>
            <AtIcon />
          </button>
          <span className="composer-hint">
            <kbd>Shift</kbd> + <kbd>Enter</kbd> for a new line
          </span>
          <button type="button" className="send" aria-label="Send" title="Send" disabled={!text.trim()} onClick={send}>
            <SendIcon />
          </button>
        </div>
      </div>
    </div>
  );
}
