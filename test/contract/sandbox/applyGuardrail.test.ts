import assert from 'node:assert/strict';
import type { CreateGuardrailCommandInput } from '@aws-sdk/client-bedrock';
import {
  ApplyGuardrailCommand,
  type ApplyGuardrailCommandOutput,
  type GuardrailContentBlock,
} from '@aws-sdk/client-bedrock-runtime';
import { makeGuardrailStand, type GuardrailStand } from './guardrailStand.js';
import { refusal } from './support.js';

type Policies = Partial<CreateGuardrailCommandInput>;
type Side = 'INPUT' | 'OUTPUT';

describe('ApplyGuardrail of the sandbox', () => {
  let stand: GuardrailStand;

  before(async () => {
    stand = await makeGuardrailStand();
  });
  after(() => stand.dispose());
  afterEach(() => {
    stand.check.assertRight();
  });

  const apply = async (
    policies: Policies,
    content: string | GuardrailContentBlock[],
    source: Side = 'INPUT',
    outputScope: 'INTERVENTIONS' | 'FULL' = 'INTERVENTIONS',
  ): Promise<ApplyGuardrailCommandOutput> => {
    const made = await stand.make(policies);
    const blocks = typeof content === 'string' ? [{ text: { text: content } }] : content;
    const input = { ...made, source, content: blocks, outputScope };
    return stand.runtime.send(new ApplyGuardrailCommand(input));
  };
  const entities = (...types: [string, 'BLOCK' | 'ANONYMIZE' | 'NONE'][]): Policies => ({
    sensitiveInformationPolicyConfig: {
      piiEntitiesConfig: types.map(([type, action]) => ({ type: type as 'EMAIL', action })),
    },
  });
  const filter = (type: string, strength: 'LOW' | 'MEDIUM' | 'HIGH'): Policies => ({
    contentPolicyConfig: {
      filtersConfig: [{ type: type as 'HATE', inputStrength: strength, outputStrength: strength }],
    },
  });

  it('lets a text pass that no policy minds', async () => {
    const found = await apply(filter('VIOLENCE', 'HIGH'), 'A walk in the park.');
    assert.equal(found.action, 'NONE');
    assert.deepEqual(found.outputs, []);
    assert.equal(found.usage?.contentPolicyUnits, 1);
    assert.equal(found.assessments?.[0]?.contentPolicy, undefined);
  });

  it('blocks a word of its own as a whole word, in any case', async () => {
    const policies = { wordPolicyConfig: { wordsConfig: [{ text: 'Project Falcon' }] } };
    const found = await apply(policies, 'What is project  falcon?');
    assert.equal(found.action, 'GUARDRAIL_INTERVENED');
    assert.equal(found.outputs?.[0]?.text, 'Your question is blocked.');
    const [word] = found.assessments?.[0]?.wordPolicy?.customWords ?? [];
    assert.equal(word?.match, 'project  falcon');
    assert.equal(word.action, 'BLOCKED');
    const other = await apply(policies, 'What are project falcons?');
    assert.equal(other.action, 'NONE');
  });

  it('blocks words of the managed list', async () => {
    const policies = {
      wordPolicyConfig: { managedWordListsConfig: [{ type: 'PROFANITY' as const }] },
    };
    const found = await apply(policies, 'This damn printer.', 'OUTPUT');
    assert.equal(found.outputs?.[0]?.text, 'The answer is blocked.');
    const [word] = found.assessments?.[0]?.wordPolicy?.managedWordLists ?? [];
    assert.deepEqual([word?.match, word?.type], ['damn', 'PROFANITY']);
  });

  const samples: readonly [string, string, boolean][] = [
    ['EMAIL', 'a.b+c@mail.example.com', true],
    ['PHONE', '(206) 555-0100', true],
    ['CREDIT_DEBIT_CARD_NUMBER', '4111 1111 1111 1111', true],
    ['CREDIT_DEBIT_CARD_NUMBER', '4111 1111 1111 1112', false],
    ['US_SOCIAL_SECURITY_NUMBER', '123-45-6789', true],
    ['IP_ADDRESS', '10.0.0.255', true],
    ['IP_ADDRESS', '10.0.0.256', false],
    ['URL', 'https://example.com/a?b=1', true],
    ['AWS_ACCESS_KEY', 'AKIAIOSFODNN7EXAMPLE', true],
  ];
  for (const [type, text, isFound] of samples) {
    it(`${isFound ? 'masks' : 'leaves'} ${text} as ${type}`, async () => {
      const found = await apply(entities([type, 'ANONYMIZE']), `It is ${text} indeed.`);
      assert.equal(found.action, isFound ? 'GUARDRAIL_INTERVENED' : 'NONE');
      if (isFound) assert.equal(found.outputs?.[0]?.text, `It is {${type}} indeed.`);
    });
  }

  it('blocks where one kind of personal data is blocked and another one masked', async () => {
    const policies = entities(['EMAIL', 'ANONYMIZE'], ['US_SOCIAL_SECURITY_NUMBER', 'BLOCK']);
    const found = await apply(policies, 'a@b.example and 123-45-6789');
    assert.equal(found.outputs?.[0]?.text, 'Your question is blocked.');
    const actions = found.assessments?.[0]?.sensitiveInformationPolicy?.piiEntities;
    assert.deepEqual(
      actions?.map(({ action }) => action),
      ['ANONYMIZED', 'BLOCKED'],
    );
  });

  it('only reports what a rule does not act on', async () => {
    const found = await apply(entities(['EMAIL', 'NONE']), 'a@b.example');
    assert.equal(found.action, 'NONE');
    const [entity] = found.assessments?.[0]?.sensitiveInformationPolicy?.piiEntities ?? [];
    assert.deepEqual([entity?.action, entity?.detected], ['NONE', true]);
  });

  it('masks what a regular expression finds under its name', async () => {
    const regex = { name: 'TICKET', pattern: 'TCK-\\d+', action: 'ANONYMIZE' as const };
    const policies = { sensitiveInformationPolicyConfig: { regexesConfig: [regex] } };
    const found = await apply(policies, 'TCK-1 and TCK-22');
    assert.equal(found.outputs?.[0]?.text, '{TICKET} and {TICKET}');
  });

  it('blocks a denied topic by an example that says it in other words', async () => {
    const topic = {
      name: 'Investment advice',
      definition: 'Which shares or funds to buy.',
      examples: ['Which shares should I buy?'],
      type: 'DENY' as const,
    };
    const policies = { topicPolicyConfig: { topicsConfig: [topic] } };
    const found = await apply(policies, 'Tell me the shares that I should be buying now');
    const [shown] = found.assessments?.[0]?.topicPolicy?.topics ?? [];
    assert.deepEqual([shown?.name, shown?.action], ['Investment advice', 'BLOCKED']);
    assert.equal((await apply(policies, 'How do I buy a ticket?')).action, 'NONE');
  });

  const strengths: readonly ['LOW' | 'MEDIUM' | 'HIGH', boolean, boolean][] = [
    ['LOW', true, false],
    ['MEDIUM', true, false],
    ['HIGH', true, true],
  ];
  for (const [strength, onSure, onFaint] of strengths) {
    it(`a filter of strength ${strength} acts on what is ${onFaint ? 'faint' : 'sure'}`, async () => {
      const sure = await apply(filter('INSULTS', strength), 'You idiot');
      assert.equal(sure.action === 'GUARDRAIL_INTERVENED', onSure);
      const [shown] = sure.assessments?.[0]?.contentPolicy?.filters ?? [];
      assert.deepEqual([shown?.confidence, shown?.filterStrength], ['HIGH', strength]);
      const faint = await apply(filter('INSULTS', strength), 'How annoying');
      assert.equal(faint.action === 'GUARDRAIL_INTERVENED', onFaint);
    });
  }

  it('scores an answer against its source and its query', async () => {
    const filters = [
      { type: 'GROUNDING' as const, threshold: 0.5 },
      { type: 'RELEVANCE' as const, threshold: 0.5 },
    ];
    const policies = { contextualGroundingPolicyConfig: { filtersConfig: filters } };
    const blocks = (answer: string): GuardrailContentBlock[] => [
      {
        text: { text: 'The office opens at nine in London.', qualifiers: ['grounding_source'] },
      },
      { text: { text: 'When does the office open?', qualifiers: ['query'] } },
      { text: { text: answer } },
    ];
    const scores = async (answer: string) => {
      const found = await apply(policies, blocks(answer), 'OUTPUT');
      const shown = found.assessments?.[0]?.contextualGroundingPolicy?.filters ?? [];
      return { action: found.action, scores: shown.map(({ score }) => score) };
    };
    const good = await scores('The office opens at nine.');
    assert.deepEqual(good, { action: 'NONE', scores: [1, 1] });
    const bad = await scores('Bananas grow faster under green lamps.');
    assert.deepEqual(bad, { action: 'GUARDRAIL_INTERVENED', scores: [0, 0] });
  });

  it('lists what was not found too where everything is asked for', async () => {
    const found = await apply(filter('HATE', 'HIGH'), 'A walk in the park.', 'INPUT', 'FULL');
    const [shown] = found.assessments?.[0]?.contentPolicy?.filters ?? [];
    assert.deepEqual([shown?.type, shown?.action, shown?.detected], ['HATE', 'NONE', false]);
  });

  it('leaves a side alone on which a rule is switched off', async () => {
    const word = { text: 'falcon', outputEnabled: false };
    const policies = { wordPolicyConfig: { wordsConfig: [word] } };
    assert.equal((await apply(policies, 'falcon', 'OUTPUT')).action, 'NONE');
    assert.equal((await apply(policies, 'falcon', 'INPUT')).action, 'GUARDRAIL_INTERVENED');
  });

  it('knows no version that was not made', async () => {
    const { guardrailIdentifier } = await stand.make(filter('HATE', 'HIGH'));
    const content = [{ text: { text: 'x' } }];
    const input = { guardrailIdentifier, guardrailVersion: '7', source: 'INPUT' as const, content };
    const error = await refusal(stand.runtime.send(new ApplyGuardrailCommand(input)));
    assert.equal(error.name, 'ResourceNotFoundException');
  });
});
