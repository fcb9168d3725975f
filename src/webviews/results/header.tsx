import { computed } from '@preact/signals';
import { Segmented } from '../ui/segmented.js';
import { Toggle } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import { data, formatCount, strings } from './page.js';
import { changeView, filter, isErrorsFirst, snapshot } from './store.js';

const numbers = computed(() => {
  const now = snapshot.value;
  const counts = now?.counts;
  return [
    { label: strings.total, value: counts?.total },
    { label: strings.success, value: counts?.success },
    { label: strings.errors, value: counts?.errors, kind: 'error' },
    { label: strings.missing, value: counts?.missing, kind: 'missing' },
    ...(counts?.extra ? [{ label: strings.extra, value: counts.extra, kind: 'missing' }] : []),
    { label: strings.inputTokens, value: now?.inputTokens },
    { label: strings.outputTokens, value: now?.outputTokens },
  ];
});

/** Job, model and the counts. */
export function Header() {
  return (
    <header class="header">
      <div class="header-title">
        <h1 title={data.folder}>{data.jobName}</h1>
        {data.modelId !== undefined && (
          <p>
            <span class="visually-hidden">{strings.model}: </span>
            {data.modelId}
          </p>
        )}
      </div>
      <dl class="counts">
        {numbers.value.map(({ label, value, kind }) => (
          <div key={label} class={kind !== undefined && value ? `count ${kind}` : 'count'}>
            <dt>{label}</dt>
            <dd title={value === undefined ? strings.unknown : undefined}>
              {kind !== undefined && Boolean(value) && (
                <Icon name={kind === 'error' ? 'error' : 'question'} />
              )}
              {formatCount(value)}
              {value === undefined && <span class="visually-hidden">{strings.unknown}</span>}
            </dd>
          </div>
        ))}
      </dl>
    </header>
  );
}

/** Filter and order. */
export function Toolbar() {
  const rows = snapshot.value?.rows;
  return (
    <div class="toolbar">
      <Segmented
        label={strings.filter}
        value={filter.value}
        options={[
          { value: 'all', text: `${strings.all} ${formatCount(rows?.all)}` },
          { value: 'errors', text: `${strings.needAttention} ${formatCount(rows?.errors)}` },
        ]}
        onChange={(chosen) => {
          changeView(() => {
            filter.value = chosen;
          });
        }}
      />
      <Toggle
        icon="arrow-up"
        isOn={isErrorsFirst.value}
        onChange={(isOn) => {
          changeView(() => {
            isErrorsFirst.value = isOn;
          });
        }}
      >
        {strings.errorsFirst}
      </Toggle>
    </div>
  );
}
