import type { ReactNode } from 'react';
import type { AnyBlock } from './blocks.tsx';
import { LibraryBlocks } from './text.tsx';

interface Cell {
  type: 'raw_text' | 'raw_number' | 'rich_text';
  text?: string;
}

interface Column {
  align?: 'left' | 'center' | 'right';
  is_wrapped?: boolean;
}

/** A table; the first row is its head. Wide tables scroll inside the message. */
export function TableBlock({ block }: { block: AnyBlock }): ReactNode {
  const [head, ...rows] = block.rows as Cell[][];
  const columns = (block.column_settings ?? []) as Column[];
  const caption = typeof block.caption === 'string' ? block.caption : undefined;
  const classFor = (index: number) => {
    const column = columns[index];
    return [`align-${column?.align ?? 'left'}`, column?.is_wrapped ? 'wraps' : ''].join(' ');
  };
  return (
    <div className="block-table">
      <table>
        {caption && <caption>{caption}</caption>}
        <thead>
          <tr>
            {head?.map((cell, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: cells have no identity but their place
              <th key={index} className={classFor(index)} scope="col">
                <CellContent cell={cell} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, rowIndex) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place
            <tr key={rowIndex}>
              {row.map((cell, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: cells have no identity but their place
                <td key={index} className={`${classFor(index)} ${cell.type === 'raw_number' ? 'number' : ''}`}>
                  <CellContent cell={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function CellContent({ cell }: { cell: Cell }): ReactNode {
  return cell.type === 'rich_text' ? (
    <LibraryBlocks blocks={[cell as unknown as Record<string, unknown>]} />
  ) : (
    cell.text
  );
}
