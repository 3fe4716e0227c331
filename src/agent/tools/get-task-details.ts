import { inquireTasks } from '../../batch/inquiry/tasks.ts';
import { unitSchema } from './arguments.ts';
import { inquireEach, resolveSubjects } from './subject.ts';
import { reading, rest } from './titles.ts';
import { defineTool } from './tool.ts';

export const getTaskDetails = defineTool({
  name: 'get_task_details',
  description:
    'Airflow tasks of the runs that failed (or that are named): which task failed first, on which try and host, and when. For "which task", "which host"; for "why did X fail", find_root_causes.',
  schema: unitSchema,
  title: (args) => reading('tasks', args),
  async run(args, room) {
    const again = (batch: string, date: string | null | undefined = args.date) =>
      `Which tasks failed in ${batch}${rest({ ...args, date })}?`;
    const subjects = await resolveSubjects(args, room, again);
    return inquireEach(subjects, room, again, async ({ about, reference, inherited }) => {
      const finding = await inquireTasks(room.desk, about, reference);
      // The slices that the thread was about ran no task: the failed runs of the essential are what is left to mean.
      const empty = finding.kind === 'tasks' && finding.runs.every((run) => run.tasks.length === 0);
      return inherited && empty ? inquireTasks(room.desk, about, { dataset: null, slice: null }) : finding;
    });
  },
});
