import { askClarification } from './ask-clarification.ts';
import { decline } from './decline.ts';
import { getBatchProgress } from './get-batch-progress.ts';
import { getBatchStatus } from './get-batch-status.ts';
import { getHistoricalRuns } from './get-historical-runs.ts';
import { getNightOverview } from './get-night-overview.ts';
import { getSliceStatus } from './get-slice-status.ts';
import { getTaskDetails } from './get-task-details.ts';
import { help } from './help.ts';
import type { AgentTool } from './tool.ts';

/** Every tool, in the order in which the model reads them. A new tool is one line here. */
export const TOOLS: readonly AgentTool[] = [
  getBatchStatus,
  getBatchProgress,
  getSliceStatus,
  getTaskDetails,
  getHistoricalRuns,
  getNightOverview,
  askClarification,
  decline,
  help,
];
