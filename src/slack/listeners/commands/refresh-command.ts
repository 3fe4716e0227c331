import type { EssentialNames } from '../../../batch/essential-names.ts';
import { noteView, usageView } from '../../blocks/note.ts';
import { words } from '../../blocks/pieces/text.ts';
import type { View } from '../../blocks/view.ts';
import { essentialIn } from './watch-command.ts';

/** Asks Lenz now, for one name or all. */
export type Refresh = (
  name?: string,
) => Promise<{ refreshed: readonly string[]; failed: readonly { name: string; reason: string }[] }>;

const USAGE = ['`/sentry refresh` – asks Lenz for all definitions now', '`/sentry refresh &lt;batch&gt;` – for one'];

/** `/sentry refresh`: definitions are kept for a while; after a change in Lenz nobody has to wait for it. */
export async function refreshCommand(
  text: string,
  { refresh, names }: { refresh: Refresh | null; names: EssentialNames },
): Promise<View> {
  if (refresh === null) return noteView('There is nothing to refresh here.');
  const meant = text === '' ? null : essentialIn(text, names);
  if (meant !== null && 'mistake' in meant) return usageView(meant.mistake, USAGE);
  const { refreshed, failed } = await refresh(meant?.essential);
  const said =
    refreshed.length === 0
      ? '⚠️ Lenz gave no new definition; what I had stays in force.'
      : `🔄 Asked Lenz anew: ${refreshed.length === 1 ? '1 definition is' : `${refreshed.length} definitions are`} fresh.`;
  return noteView(
    said,
    failed.slice(0, 10).map(({ name, reason }) => `• *${words(name, 80)}*: ${words(reason, 400)}`),
  );
}
