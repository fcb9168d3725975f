import type { Caching, Effort, ServiceTier, Settings } from '../../core/converse/types.js';
import { Checkbox, Select } from '../ui/field.js';
import { strings } from './page.js';
import { Section } from './section.js';
import type { SettingsPart } from './settingsPane.js';

const unset = () => ({ value: '' as const, text: strings.modelDefault });
const words = <T extends string>(values: readonly T[]) =>
  values.map((value) => ({ value, text: value }));

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
      <Select
        label={strings.effort}
        value={effort ?? ''}
        options={[unset(), ...words(efforts)]}
        onChange={(value) => {
          set('effort', value === '' ? undefined : value);
        }}
      />
      <Select
        label={strings.serviceTier}
        value={serviceTier ?? ''}
        options={[unset(), ...words(tiers)]}
        onChange={(value) => {
          set('serviceTier', value === '' ? undefined : value);
        }}
      />
      <Select
        label={strings.latency}
        value={latency ?? ''}
        options={[unset(), ...words(latencies)]}
        onChange={(value) => {
          set('latency', value === '' ? undefined : value);
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
            options={words(['5m', '1h'] as const)}
            onChange={(ttl) => {
              cache({ ttl });
            }}
          />
        )}
      </fieldset>
    </Section>
  );
}
