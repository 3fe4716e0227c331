import type { Observation } from '../../../batch/rca/cause.ts';
import { shortDatasetName } from '../../../batch/short-dataset-name.ts';
import { code } from '../../safe-text.ts';
import { duration } from '../times.ts';
import { fullUnitName, plural } from '../units.ts';

/** What is no cause and told all the same, as a sentence. */
export function observationSentence(observation: Observation): string {
  switch (observation.kind) {
    case 'blocked_upstream': {
      const { datasetIds, by } = observation;
      const [only] = datasetIds;
      const who =
        datasetIds.length === 1 && only !== undefined
          ? `${code(shortDatasetName(only))} waits`
          : `${plural(datasetIds.length, 'dataset')} wait`;
      return `${who} for ${code(shortDatasetName(by))}.`;
    }
    case 'flaky':
      return `${code(observation.taskId)} of ${fullUnitName(observation)} succeeded on try ${observation.tryNumber}.`;
    case 'recurring':
      return `${code(observation.taskId)} of ${code(shortDatasetName(observation.datasetId))} failed on ${observation.failed} of the last ${observation.of} business dates.`;
    case 'repaired': {
      const { attempts, afterMinutes, rewritten } = observation;
      const later = afterMinutes === null ? '' : `, ${duration(afterMinutes * 60)} later`;
      const gone = rewritten ? '; the run table keeps no trace of the first' : '';
      return `${fullUnitName(observation)} failed and attempt ${attempts} repaired it${later}${gone}.`;
    }
  }
}
