import { Component, type ReactNode } from 'react';
import { Actions, ContextActions, type Element, InteractiveElement } from './interactive.tsx';
import { TableBlock } from './table-block.tsx';
import { PlanBlock, TaskCard } from './task-block.tsx';
import { LibraryBlocks, Text, type TextObject } from './text.tsx';

export type AnyBlock = Record<string, unknown> & { type: string };

const PRESSABLE =
  /^(button|workflow_button|static_select|users_select|channels_select|conversations_select|overflow|datepicker|checkboxes|radio_buttons)$/;

/** Draws blocks: those that a person presses, tables and tasks here, the rest by the library. */
export function Blocks({ blocks }: { blocks: AnyBlock[] }): ReactNode {
  return (
    <div className="blocks">
      {blocks.map((block, index) => (
        <Guard key={String(block.block_id ?? index)} fallback={<Unknown block={block} />}>
          <OneBlock block={block} />
        </Guard>
      ))}
    </div>
  );
}

function OneBlock({ block }: { block: AnyBlock }): ReactNode {
  switch (block.type) {
    case 'actions':
      return <Actions block={block} />;
    case 'context_actions':
      return <ContextActions block={block} />;
    case 'table':
    case 'data_table':
      return <TableBlock block={block} />;
    case 'task_card':
      return <TaskCard block={block} />;
    case 'plan':
      return <PlanBlock block={block} />;
    case 'divider':
      return <hr className="block-divider" />;
    case 'header':
      return (
        <h3 className="block-header">
          <Text of={block.text as TextObject} />
        </h3>
      );
    case 'context':
      return <Context block={block} />;
    case 'section':
      return <Section block={block} />;
    default:
      return (
        <div className={`block-${block.type}`}>
          <LibraryBlocks blocks={[block]} />
        </div>
      );
  }
}

function Section({ block }: { block: AnyBlock }): ReactNode {
  const text = block.text as TextObject | undefined;
  const fields = (block.fields ?? []) as TextObject[];
  const accessory = block.accessory as Element | undefined;
  return (
    <div className="block-section">
      <div className="section-text">
        {text && <Text of={text} />}
        {fields.length > 0 && (
          <div className="fields">
            {fields.map((field, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: fields have no identity but their place
              <Text key={index} of={field} />
            ))}
          </div>
        )}
      </div>
      {accessory?.type === 'image' && <Picture image={accessory} className="accessory-image" />}
      {accessory && PRESSABLE.test(accessory.type) && (
        <InteractiveElement element={accessory} blockId={String(block.block_id)} />
      )}
    </div>
  );
}

function Context({ block }: { block: AnyBlock }): ReactNode {
  const elements = block.elements as (TextObject & Record<string, unknown>)[];
  return (
    <div className="block-context">
      {elements.map((element, index) =>
        element.type === 'image' ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: elements have no identity but their place
          <Picture key={index} image={element} className="context-image" />
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: elements have no identity but their place
          <Text key={index} of={element} />
        ),
      )}
    </div>
  );
}

function Picture({ image, className }: { image: Record<string, unknown>; className: string }): ReactNode {
  return <img className={className} src={String(image.image_url ?? '')} alt={String(image.alt_text ?? '')} />;
}

function Unknown({ block }: { block: AnyBlock }): ReactNode {
  return <div className="block-unknown">This content can’t be displayed here: {block.type}</div>;
}

/** A block that cannot be drawn must not take the page with it. */
class Guard extends Component<{ children: ReactNode; fallback: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    return this.state.failed ? this.props.fallback : this.props.children;
  }
}
