import type { ResultStatus } from '../../core/results/types.js';
import { Icon } from '../ui/icon.js';
import { strings } from './page.js';

const icons: Readonly<Record<ResultStatus, string>> = {
  success: 'pass',
  error: 'error',
  missing: 'question',
  extra: 'diff-added',
};

const words: Readonly<Record<ResultStatus, string>> = {
  success: strings.statusSuccess,
  error: strings.statusError,
  missing: strings.statusMissing,
  extra: strings.statusExtra,
};

/** Icon and word: colour only repeats what they say. */
export function Status({ status, code }: { status: ResultStatus; code?: number | undefined }) {
  return (
    <span class={`status ${status}`}>
      <Icon name={icons[status]} />
      <span class="status-word">
        {words[status]}
        {code !== undefined && ` ${code}`}
      </span>
    </span>
  );
}
