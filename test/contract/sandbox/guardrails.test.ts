import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  CreateGuardrailCommand,
  CreateGuardrailVersionCommand,
  DeleteGuardrailCommand,
  GetGuardrailCommand,
  ListGuardrailsCommand,
  UpdateGuardrailCommand,
} from '@aws-sdk/client-bedrock';
import { makeGuardrailStand, type GuardrailStand } from './guardrailStand.js';
import { makeStand, refusal } from './support.js';

const texts = { blockedInputMessaging: 'No.', blockedOutputsMessaging: 'Not that.' };
const words = { wordPolicyConfig: { wordsConfig: [{ text: 'falcon' }] } };

describe('guardrails of the sandbox', () => {
  let stand: GuardrailStand;

  before(async () => {
    stand = await makeGuardrailStand();
  });
  after(() => stand.dispose());
  afterEach(() => {
    stand.check.assertRight();
  });

  const list = async (guardrailIdentifier?: string) => {
    const command = new ListGuardrailsCommand({ guardrailIdentifier });
    return (await stand.bedrock.send(command)).guardrails ?? [];
  };

  it('starts with a sample that has a draft and a version', async () => {
    const [sample] = await list();
    assert.equal(sample?.name, 'sandbox-sample');
    assert.equal(sample.version, 'DRAFT');
    const versions = await list(sample.id);
    assert.deepEqual(
      versions.map(({ version }) => version),
      ['DRAFT', '1'],
    );
  });

  it('shows what was written in the form that Get has', async () => {
    const { guardrailIdentifier } = await stand.make({
      description: 'For tests',
      topicPolicyConfig: {
        topicsConfig: [{ name: 'Wine', definition: 'Which wine to drink.', type: 'DENY' }],
        tierConfig: { tierName: 'CLASSIC' },
      },
      contentPolicyConfig: {
        filtersConfig: [{ type: 'HATE', inputStrength: 'LOW', outputStrength: 'HIGH' }],
      },
      wordPolicyConfig: {
        wordsConfig: [{ text: 'falcon', outputAction: 'NONE' }],
        managedWordListsConfig: [{ type: 'PROFANITY' }],
      },
      sensitiveInformationPolicyConfig: {
        piiEntitiesConfig: [{ type: 'EMAIL', action: 'ANONYMIZE' }],
        regexesConfig: [{ name: 'ID', pattern: 'K-[0-9]+', action: 'BLOCK' }],
      },
      contextualGroundingPolicyConfig: { filtersConfig: [{ type: 'GROUNDING', threshold: 0.6 }] },
    });
    const found = await stand.bedrock.send(new GetGuardrailCommand({ guardrailIdentifier }));
    assert.equal(found.status, 'READY');
    assert.equal(found.description, 'For tests');
    assert.equal(found.topicPolicy?.topics?.[0]?.name, 'Wine');
    assert.equal(found.topicPolicy.tier?.tierName, 'CLASSIC');
    assert.equal(found.contentPolicy?.filters?.[0]?.outputStrength, 'HIGH');
    assert.equal(found.wordPolicy?.words?.[0]?.outputAction, 'NONE');
    assert.equal(found.wordPolicy.managedWordLists?.[0]?.type, 'PROFANITY');
    assert.equal(found.sensitiveInformationPolicy?.piiEntities?.[0]?.action, 'ANONYMIZE');
    assert.equal(found.sensitiveInformationPolicy.regexes?.[0]?.pattern, 'K-[0-9]+');
    assert.equal(found.contextualGroundingPolicy?.filters?.[0]?.threshold, 0.6);
  });

  it('keeps each as a file that can be read', async () => {
    const { guardrailIdentifier } = await stand.make(words);
    const file = join(stand.dataDir, 'guardrails', `${guardrailIdentifier}.json`);
    const kept = JSON.parse(await readFile(file, 'utf8')) as { versions: { version: string }[] };
    assert.equal(kept.versions[0]?.version, 'DRAFT');
  });

  it('replaces the whole draft and leaves the versions as they were', async () => {
    const { guardrailIdentifier } = await stand.make({ ...words, description: 'First' });
    const version = { guardrailIdentifier, description: 'Fit to use' };
    await stand.bedrock.send(new CreateGuardrailVersionCommand(version));
    const wordPolicyConfig = { wordsConfig: [{ text: 'eagle' }] };
    const change = { guardrailIdentifier, name: 'changed', ...texts, wordPolicyConfig };
    await stand.bedrock.send(new UpdateGuardrailCommand(change));
    const get = (guardrailVersion: string) =>
      stand.bedrock.send(new GetGuardrailCommand({ guardrailIdentifier, guardrailVersion }));
    const draft = await get('DRAFT');
    assert.equal(draft.wordPolicy?.words?.[0]?.text, 'eagle');
    assert.equal(draft.description, undefined);
    const first = await get('1');
    assert.equal(first.wordPolicy?.words?.[0]?.text, 'falcon');
    assert.equal(first.description, 'Fit to use');
  });

  it('lists in pages', async () => {
    const command = new ListGuardrailsCommand({ maxResults: 1 });
    const page = await stand.bedrock.send(command);
    assert.equal(page.guardrails?.length, 1);
    const { nextToken } = page;
    const next = await stand.bedrock.send(new ListGuardrailsCommand({ maxResults: 1, nextToken }));
    assert.notEqual(next.guardrails?.[0]?.id, page.guardrails[0]?.id);
  });

  it('deletes one version, or everything', async () => {
    const { guardrailIdentifier } = await stand.make(words);
    await stand.bedrock.send(new CreateGuardrailVersionCommand({ guardrailIdentifier }));
    const one = { guardrailIdentifier, guardrailVersion: '1' };
    await stand.bedrock.send(new DeleteGuardrailCommand(one));
    assert.equal((await list(guardrailIdentifier)).length, 1);
    await stand.bedrock.send(new DeleteGuardrailCommand({ guardrailIdentifier }));
    const gone = await refusal(list(guardrailIdentifier));
    assert.equal(gone.name, 'ResourceNotFoundException');
  });

  it('makes one guardrail for a token, however often it is sent', async () => {
    const input = { name: 'once', ...texts, ...words, clientRequestToken: 'token-1' };
    const [a, b] = [
      await stand.bedrock.send(new CreateGuardrailCommand(input)),
      await stand.bedrock.send(new CreateGuardrailCommand(input)),
    ];
    assert.equal(a.guardrailId, b.guardrailId);
  });

  const refused: readonly [string, object, string, RegExp][] = [
    ['no policy', { name: 'empty' }, 'ValidationException', /at least one policy/],
    ['a name with a space', { name: 'a b', ...words }, 'ValidationException', /pattern/],
    ['a name that is taken', { name: 'sandbox-sample', ...words }, 'ConflictException', /Another/],
    [
      'a broken regular expression',
      {
        name: 'broken',
        sensitiveInformationPolicyConfig: {
          regexesConfig: [{ name: 'x', pattern: '(', action: 'BLOCK' }],
        },
      },
      'ValidationException',
      /not valid/,
    ],
    [
      'an unknown strength',
      {
        name: 'strength',
        contentPolicyConfig: {
          filtersConfig: [{ type: 'HATE', inputStrength: 'MAX', outputStrength: 'LOW' }],
        },
      },
      'ValidationException',
      /inputStrength.*enum value set/,
    ],
  ];
  for (const [what, input, name, message] of refused) {
    it(`refuses ${what}`, async () => {
      const command = new CreateGuardrailCommand({ ...texts, ...input } as never);
      const error = await refusal(stand.bedrock.send(command));
      assert.equal(error.name, name);
      assert.match(error.message, message);
    });
  }

  it('has them again after a restart, and no second sample', async () => {
    const first = await makeStand();
    await first.bedrock.send(new DeleteGuardrailCommand({ guardrailIdentifier: 'sandboxguard' }));
    const input = { name: 'kept', ...texts, ...words };
    await first.bedrock.send(new CreateGuardrailCommand(input));
    await first.sandbox.close();
    const second = await makeStand({ dataDir: first.dataDir });
    const { guardrails } = await second.bedrock.send(new ListGuardrailsCommand({}));
    assert.deepEqual(
      guardrails?.map(({ name }) => name),
      ['kept'],
    );
    await second.dispose();
    await first.dispose();
  });
});
