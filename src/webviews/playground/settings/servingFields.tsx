import type { Caching, Effort, ServiceTier, Settings } from '../../../core/converse/types.js';
import { Checkbox, Select } from '../../ui/field.js';
import { ChoiceField } from './choiceField.js';
import { strings } from '../page.js';
import { Section } from './section.js';
import type { SettingsPart } from './settingsPane.js';

/** How AWS serves the request: effort, tier, latency, prompt caching. */
export function ServingFields({ lane, set }: SettingsPart) {
  const { effort, serviceTier, latency, caching } = lane.settings;
  const isSet = [effort, serviceTier, latency, caching].some((value) => value !== undefined);
  const efforts: readonly Effort[] = ['low', 'medium', 'high', 'xhigh', 'max'];
  const tiers: readonly ServiceTier[] = ['default', 'priority', 'flex', 'reserved'];
  const latencies: readonly NonNullable<Settings['latency']>[] = ['standard', 'optimized'];
  const cache = (change: Caching) => {
    const next = { ...caching, ...change };
    const isUsed = [next.afterSystem, next.afterTools, next.afterLastUserTurn].includes(true);
    set('caching', isUsed ? next : undefined);
  };
  return (
    <Section title={strings.serving} mark={isSet ? strings.isSet : undefined}>
      <ChoiceField
        label={strings.effort}
        value={effort}
        choices={efforts}
        onChange={(value) => {
          set('effort', value);
        }}
      />
      <ChoiceField
        label={strings.serviceTier}
        value={serviceTier}
        choices={tiers}
        onChange={(value) => {
          set('serviceTier', value);
        }}
      />
      <ChoiceField
        label={strings.latency}
        value={latency}
        choices={latencies}
        onChange={(value) => {
          set('latency', value);
        }}
      />
      <fieldset class="group">
        <legend>{strings.caching}</legend>
        {(
          [
            ['afterSystem', strings.cacheSystem],
            ['afterTools', strings.cacheTools],
            ['afterLastUserTurn', strings.cachePrompt],
          ] as const
        ).map(([name, label]) => (
          <Checkbox
            key={name}
            label={label}
            isOn={caching?.[name] === true}
            onChange={(isOn) => {
              cache({ [name]: isOn });
            }}
          />
        ))}
        {caching && (
          <Select
            label={strings.cacheTtl}
            value={caching.ttl ?? '5m'}
            options={(['5m', '1h'] as const).map((ttl) => ({ value: ttl, text: ttl }))}
            onChange={(ttl) => {
              cache({ ttl });
            }}
          />
        )}
      </fieldset>
    </Section>
  );
}
