import type { ReactNode } from 'react';
import type { AnyBlock } from './blocks.tsx';
import { CheckIcon, CloseIcon } from './icons.tsx';
import { LibraryBlocks } from './text.tsx';

const WORDS: Record<string, string> = {
  pending: 'waiting',
  in_progress: 'in progress',
  complete: 'done',
  error: 'failed',
};

/** One step of work that an app shows while it answers. */
export function TaskCard({ block }: { block: AnyBlock }): ReactNode {
  const status = String(block.status ?? 'pending');
  return (
    <div className={`task task-${status}`}>
      <span className="task-sign" role="img" aria-label={WORDS[status] ?? status}>
        {status === 'complete' ? <CheckIcon /> : status === 'error' ? <CloseIcon /> : null}
      </span>
      <div className="task-text">
        <div>{String(block.title ?? '')}</div>
        {['details', 'output'].map((name) =>
          block[name] ? (
            <div key={name} className="task-detail">
              <LibraryBlocks blocks={[block[name] as Record<string, unknown>]} />
            </div>
          ) : null,
        )}
      </div>
    </div>
  );
}

/** Steps under one title. */
export function PlanBlock({ block }: { block: AnyBlock }): ReactNode {
  const tasks = (block.tasks ?? []) as AnyBlock[];
  return (
    <div className="plan">
      <div className="plan-title">{String(block.title ?? '')}</div>
      {tasks.map((task, index) => (
        <TaskCard key={String(task.task_id ?? index)} block={task} />
      ))}
    </div>
  );
}
