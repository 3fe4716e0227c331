import { createContext, type ReactNode, useContext, useState } from 'react';
import type { AnyBlock } from './blocks.tsx';
import { ThumbDownIcon, ThumbUpIcon, TrashIcon } from './icons.tsx';
import { act } from './store.ts';

interface PlainText {
  text: string;
}
interface Option {
  text: PlainText;
  value: string;
}
interface Confirm {
  title?: PlainText;
  text: PlainText;
  confirm?: PlainText;
  deny?: PlainText;
  style?: string;
}
export interface Element extends Record<string, unknown> {
  type: string;
  action_id: string;
  text?: PlainText;
  style?: string;
  url?: string;
  confirm?: Confirm;
  options?: Option[];
  placeholder?: PlainText;
}

/** What the blocks belong to, which is where a press goes: a message, or a view. */
export const OriginContext = createContext<{ channel: string; ts: string } | { view: string } | null>(null);

/** Sends an action; `busy` until the app acknowledged. Asks first where the element says so. */
function usePress(element: Element, blockId: string) {
  const origin = useContext(OriginContext);
  const [busy, setBusy] = useState(false);
  const press = async (more: Record<string, unknown> = {}) => {
    if (!origin || busy) return;
    if (
      element.confirm &&
      !window.confirm([element.confirm.title?.text, element.confirm.text.text].filter(Boolean).join('\n\n'))
    )
      return;
    setBusy(true);
    const action = { type: element.type, action_id: element.action_id, block_id: blockId, ...more };
    if ('view' in origin) await act({ do: 'actInView', view: origin.view, action });
    else await act({ do: 'act', channel: origin.channel, ts: origin.ts, action });
    setBusy(false);
  };
  return { busy, press };
}

export function Actions({ block }: { block: AnyBlock }): ReactNode {
  const elements = block.elements as Element[];
  return (
    <div className="block-actions">
      {elements.map((element) => (
        <InteractiveElement key={element.action_id} element={element} blockId={String(block.block_id)} />
      ))}
    </div>
  );
}

export function InteractiveElement({ element, blockId }: { element: Element; blockId: string }): ReactNode {
  if (element.type === 'button' || element.type === 'workflow_button')
    return <Button element={element} blockId={blockId} />;
  return <Choice element={element} blockId={blockId} />;
}

function Button({ element, blockId }: { element: Element; blockId: string }): ReactNode {
  const { busy, press } = usePress(element, blockId);
  const label = element.accessibility_label as string | undefined;
  const more = { text: element.text, ...(element.value === undefined ? {} : { value: element.value }) };
  const onClick = () => {
    press(more);
    if (element.url) window.open(element.url, '_blank', 'noopener,noreferrer');
  };
  return (
    <button
      type="button"
      className={`button button-${element.style ?? 'default'}`}
      data-busy={busy || undefined}
      aria-busy={busy}
      aria-label={label}
      onClick={onClick}
    >
      {element.text?.text}
    </button>
  );
}

/** Menus of all kinds, as the browser's own. */
function Choice({ element, blockId }: { element: Element; blockId: string }): ReactNode {
  const { busy, press } = usePress(element, blockId);
  if (element.type === 'datepicker') {
    return (
      <input
        type="date"
        className="field"
        aria-label={element.placeholder?.text ?? 'Date'}
        key={String(element.initial_date ?? '')}
        defaultValue={element.initial_date as string | undefined}
        onChange={(event) => press({ selected_date: event.target.value })}
      />
    );
  }
  const options = element.options ?? [];
  const chosen = (element.initial_option as Option | undefined)?.value;
  const initial = options.findIndex((option) => option.value === chosen);
  return (
    <select
      className="field"
      disabled={busy}
      key={initial}
      defaultValue={initial < 0 ? '' : initial}
      aria-label={element.placeholder?.text ?? 'Choose'}
      onChange={(event) => press({ selected_option: options[Number(event.target.value)] })}
    >
      <option value="" disabled>
        {element.placeholder?.text ?? (element.type === 'overflow' ? '⋯' : 'Choose…')}
      </option>
      {options.map((option, index) => (
        <option key={option.value} value={index}>
          {option.text.text}
        </option>
      ))}
    </select>
  );
}

/** Was this helpful? And small tools beside it. */
export function ContextActions({ block }: { block: AnyBlock }): ReactNode {
  const elements = block.elements as Element[];
  return (
    <div className="block-context-actions">
      {elements.map((element) =>
        element.type === 'feedback_buttons' ? (
          <Feedback key={element.action_id} element={element} blockId={String(block.block_id)} />
        ) : (
          <IconButton key={element.action_id} element={element} blockId={String(block.block_id)} />
        ),
      )}
    </div>
  );
}

function Feedback({ element, blockId }: { element: Element; blockId: string }): ReactNode {
  const { busy, press } = usePress(element, blockId);
  const [given, setGiven] = useState<string | null>(null);
  const sides = [
    { button: element.positive_button as { text: PlainText; value: string }, icon: <ThumbUpIcon /> },
    { button: element.negative_button as { text: PlainText; value: string }, icon: <ThumbDownIcon /> },
  ];
  return sides.map(({ button, icon }) => (
    <button
      key={button.value}
      type="button"
      className="icon-button"
      aria-label={button.text.text}
      aria-pressed={given === button.value}
      title={button.text.text}
      disabled={busy}
      onClick={() => {
        setGiven(button.value);
        press({ text: button.text, value: button.value });
      }}
    >
      {icon}
    </button>
  ));
}

function IconButton({ element, blockId }: { element: Element; blockId: string }): ReactNode {
  const { busy, press } = usePress(element, blockId);
  return (
    <button
      type="button"
      className="icon-button"
      disabled={busy}
      aria-label={element.text?.text}
      title={element.text?.text}
      onClick={() => press({ value: element.value })}
    >
      <TrashIcon />
    </button>
  );
}
