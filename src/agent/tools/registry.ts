import { askClarification } from './ask-clarification.ts';
import { compareRuns } from './compare-runs.ts';
import { decline } from './decline.ts';
import { estimateCompletion } from './estimate-completion.ts';
import { findRootCauses } from './find-root-causes.ts';
import { getBatchProgress } from './get-batch-progress.ts';
import { getBatchStatus } from './get-batch-status.ts';
import { getDurations } from './get-durations.ts';
import { getHistoricalRuns } from './get-historical-runs.ts';
import { getLateness } from './get-lateness.ts';
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
  findRootCauses,
  getLateness,
  estimateCompletion,
  compareRuns,
  getDurations,
  getHistoricalRuns,
  getNightOverview,
  askClarification,
  decline,
  help,
];
