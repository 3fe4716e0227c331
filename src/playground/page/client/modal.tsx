import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { PageView } from '../protocol.ts';
import { type AnyBlock, Blocks } from './blocks.tsx';
import { CloseIcon } from './icons.tsx';
import { OriginContext } from './interactive.tsx';
import { act } from './store.ts';

interface Plain {
  text: string;
}
interface InputElement extends Record<string, unknown> {
  type: string;
  action_id: string;
  multiline?: boolean;
  initial_value?: string;
  placeholder?: Plain;
  options?: { text: Plain; value: string }[];
}

/** A modal that the app opened. */
export function Modal({ view }: { view: PageView }): ReactNode {
  const box = useRef<HTMLDialogElement>(null);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);
  const frame = view.view as { title?: Plain; submit?: Plain; close?: Plain; blocks: AnyBlock[] };
  const close = () => act({ do: 'close', view: view.id });

  useEffect(() => {
    box.current?.showModal();
  }, []);

  const submit = async (form: FormData) => {
    setBusy(true);
    const result = await act({ do: 'submit', view: view.id, values: valuesOf(frame.blocks, form) });
    setBusy(false);
    setErrors(result.errors ?? {});
  };

  return (
    <dialog
      ref={box}
      className="modal"
      aria-label={frame.title?.text}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit(new FormData(event.currentTarget));
        }}
      >
        <header>
          <h2>{frame.title?.text}</h2>
          <button type="button" className="icon-button" aria-label="Close" onClick={close}>
            <CloseIcon />
          </button>
        </header>
        <div className="modal-body">
          {frame.blocks.map((block, index) =>
            block.type === 'input' ? (
              <Input key={String(block.block_id ?? index)} block={block} error={errors[String(block.block_id)]} />
            ) : (
              <OriginContext key={String(block.block_id ?? index)} value={{ view: view.id }}>
                <Blocks blocks={[block]} />
              </OriginContext>
            ),
          )}
        </div>
        <footer>
          <button type="button" className="button button-default" onClick={close}>
            {frame.close?.text ?? 'Close'}
          </button>
          {frame.submit && (
            <button type="submit" className="button button-primary" disabled={busy}>
              {frame.submit.text}
            </button>
          )}
        </footer>
      </form>
    </dialog>
  );
}

function Input({ block, error }: { block: AnyBlock; error: string | undefined }): ReactNode {
  const element = block.element as InputElement;
  const name = `${String(block.block_id)}/${element.action_id}`;
  const required = block.optional !== true;
  return (
    <div className="input">
      <label htmlFor={name}>
        {(block.label as Plain).text} {!required && <i>(optional)</i>}
      </label>
      {element.options ? (
        <select className="field" id={name} name={name} defaultValue="" required={required}>
          <option value="">{element.placeholder?.text ?? 'Choose…'}</option>
          {element.options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.text.text}
            </option>
          ))}
        </select>
      ) : element.multiline ? (
        <textarea
          className="field"
          id={name}
          name={name}
          rows={4}
          defaultValue={element.initial_value}
          placeholder={element.placeholder?.text}
        />
      ) : (
        <input
          className="field"
          type={element.type === 'datepicker' ? 'date' : 'text'}
          id={name}
          name={name}
          defaultValue={element.initial_value}
          placeholder={element.placeholder?.text}
        />
      )}
      {error && <span className="input-error">{error}</span>}
      {block.hint !== undefined && <span className="input-hint">{(block.hint as Plain).text}</span>}
    </div>
  );
}

/** What was entered, as `view.state.values` holds it. */
function valuesOf(blocks: AnyBlock[], form: FormData): Record<string, Record<string, unknown>> {
  const inputs = blocks.filter((block) => block.type === 'input');
  return Object.fromEntries(
    inputs.map((block) => {
      const element = block.element as InputElement;
      const value = String(form.get(`${String(block.block_id)}/${element.action_id}`) ?? '') || null;
      const option = element.options?.find((one) => one.value === value) ?? null;
      const held = element.options
        ? { type: element.type, selected_option: option }
        : element.type === 'datepicker'
          ? { type: element.type, selected_date: value }
          : { type: element.type, value };
      return [String(block.block_id), { [element.action_id]: held }];
    }),
  );
}
