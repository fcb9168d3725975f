import assert from 'node:assert/strict';
import { datasetText, sampleText } from '../support/datasets.js';
import { endOf, inputKeys, openUploads } from '../support/runs.js';
import { keysProfile, openProfileWindow, type ProfileWindow } from './support/profileWindow.js';
import { until } from './support/until.js';

const tree = 'Batch Jobs';
const haiku = 'Claude Haiku 4.5 · us.anthropic.claude-haiku-4-5-20251001-v1:0';

/** 240 records of 80 kB: too large for a single PutObject. */
const large = datasetText('anthropic', 240).replaceAll('blank page', 'text '.repeat(16_000));

describe('submitting by hand', () => {
  let window: ProfileWindow;

  before(async () => {
    window = await openProfileWindow({
      config: (at) => keysProfile('work', at),
      settings: { 'bedrock.profile': 'work' },
      files: {
        'tickets.jsonl': sampleText(),
        'few.jsonl': datasetText('anthropic', 99),
        'broken.jsonl': datasetText('anthropic').replace(
          '{"recordId":"record-58"',
          '{"recordId":58x',
        ),
        'large.jsonl': large,
      },
    });
    await window.workbench.feedback.statusBar('work · us-east-1');
  });

  after(() => window.close());

  afterEach(async () => {
    await window.at.clearFaults();
    await window.workbench.quickPick.hide();
  });

  async function startReview(file: string): Promise<void> {
    const { views, quickPick } = window.workbench;
    await views.rightClickFile(file);
    await views.chooseMenu('Submit Batch Job…');
    await quickPick.waitFor(/^Submit /);
  }

  /** The value that the review shows for a setting. */
  async function shown(setting: string): Promise<string> {
    const items = await window.workbench.quickPick.items();
    return items.find(({ label }) => label === setting)?.description ?? '';
  }

  /** Waits for a line that is looked up while one types. */
  const offered = (label: string) =>
    until(label, async () =>
      (await window.workbench.quickPick.items()).find((item) => item.label === label),
    );

  /** Enters a wrong text and waits for the words below the box. */
  async function refused(text: string, says: RegExp): Promise<void> {
    await window.workbench.inputBox.answer(text);
    await until('the words', async () => says.test(await window.workbench.inputBox.message()));
  }

  /** True where the sandbox is done with every request of that operation. */
  async function haveEnded(operation: string): Promise<boolean> {
    const response = await fetch(`${window.at.sandbox.endpoint}/_sandbox/requests`);
    const { requests } = (await response.json()) as {
      requests: { operation: string; status: number; durationMs: number }[];
    };
    return requests
      .filter((request) => request.operation === operation)
      .every(({ status, durationMs }) => status > 0 || durationMs > 0);
  }

  const backInReview = () => window.workbench.quickPick.waitFor(/^Submit /);

  describe('the review', () => {
    it('asks for what is missing first, and says who bills', async () => {
      const { quickPick } = window.workbench;
      await startReview('tickets.jsonl');
      const [first] = await quickPick.items();
      assert.equal(first?.label, 'Output location first');
      assert.match(first.detail, /Choose where Bedrock writes the results/);
      assert.equal(await shown('Service role'), 'not set');
      assert.equal(await shown('Model'), haiku, 'a model that fits the records');
      const cost = (await quickPick.items()).find(({ label }) => label.startsWith('About $'));
      assert.match(cost?.label ?? '', /^About \$0\.\d+ to \$0\.\d+$/);
      assert.match(
        cost?.detail ?? '',
        /^about [\d,]+ tokens in · up to 256 out a record · half of us-east-1’s price of 20/,
      );
    });

    it('says that the cost of a model without a price is unknown, and leads to the prices', async () => {
      const { quickPick, page } = window.workbench;
      await startReview('tickets.jsonl');
      await quickPick.pick('Model');
      await quickPick.waitFor('Model');
      await quickPick.type('us.anthropic.claude-typed-by-hand-v1:0');
      await quickPick.accept();
      await backInReview();
      await window.workbench.screenshot('review-cost-unknown');
      await quickPick.pick('Cost unknown');
      const settings = page.locator('.settings-editor');
      await settings.getByText('Prices').first().waitFor();
      await page.keyboard.press('Escape');
      await settings.waitFor({ state: 'hidden' });
      await startReview('tickets.jsonl');
      await quickPick.pick('Model');
      await quickPick.waitFor('Model');
      await window.workbench.screenshot('review-model-back');
      await quickPick.pick('Claude Haiku 4.5');
      await backInReview();
    });

    it('goes back by the button, and marks what is set', async () => {
      const { quickPick, page } = window.workbench;
      await startReview('tickets.jsonl');
      await quickPick.pick('Invocation type');
      await quickPick.waitFor('Invocation Type');
      const [first] = await quickPick.items();
      assert.match(first?.description ?? '', /· set now$/);
      await page.locator('.quick-input-widget').getByRole('button', { name: 'Back' }).click();
      await backInReview();
    });

    it('takes the output location from the buckets of the account, by typing', async () => {
      const { quickPick } = window.workbench;
      await startReview('tickets.jsonl');
      await quickPick.accept();
      await quickPick.waitFor('Output Location in S3');
      await quickPick.type('s3://bedr');
      await offered('s3://bedrock-sandbox/');
      await quickPick.pick('s3://bedrock-sandbox/');
      await backInReview();
      assert.equal(await shown('Output location'), 's3://bedrock-sandbox/');
      assert.equal(await shown('Input location'), 's3://bedrock-sandbox/input/');
    });

    it('goes back to itself on Escape, with every value kept', async () => {
      const { quickPick, inputBox, page } = window.workbench;
      await startReview('tickets.jsonl');
      await quickPick.pick('Tags');
      await inputBox.waitFor('Tags');
      await inputBox.answer('team=support, env=test');
      for (const [setting, title] of [
        ['Model', 'Model'],
        ['Output location', 'Output Location in S3'],
        ['Service role', 'Service Role'],
      ] as const) {
        await backInReview();
        await quickPick.pick(setting);
        await quickPick.waitFor(title);
        await page.keyboard.press('Escape');
      }
      await backInReview();
      assert.equal(await shown('Tags'), 'team=support, env=test');
      await page.keyboard.press('Escape');
      await startReview('tickets.jsonl');
      assert.equal(await shown('Tags'), 'team=support, env=test', 'and left for good, it is kept');
    });

    it('checks the file again for another model', async () => {
      const { quickPick } = window.workbench;
      await startReview('tickets.jsonl');
      await quickPick.pick('Model');
      await quickPick.waitFor('Model');
      await quickPick.pick('Nova Micro');
      await backInReview();
      const [first] = await quickPick.items();
      assert.equal(first?.label, 'Cannot be submitted yet');
      assert.match(first.detail, /^Line 1: /);
      await quickPick.pick('Model');
      await quickPick.waitFor('Model');
      await quickPick.type('us.anthropic.claude-typed-by-hand-v1:0');
      await quickPick.accept();
      await backInReview();
      assert.equal(await shown('Model'), 'us.anthropic.claude-typed-by-hand-v1:0');
      assert.ok((await quickPick.items()).some(({ label }) => label.startsWith('1 record will')));
    });

    it('refuses a job name with an underscore and a timeout out of range, in words', async () => {
      const { quickPick, inputBox } = window.workbench;
      await startReview('tickets.jsonl');
      await quickPick.pick('Job name');
      await inputBox.waitFor('Job Name');
      await refused('my_tickets', /letters, digits and - \+ \. only/);
      await window.workbench.screenshot('job-name');
      await inputBox.answer('my-tickets');
      await backInReview();
      assert.equal(await shown('Job name'), 'my-tickets');
      await quickPick.pick('Timeout');
      await inputBox.waitFor('Timeout in Hours');
      await refused('200', /whole number of hours from 24 to 168/);
      await inputBox.answer('48');
      await backInReview();
      assert.equal(await shown('Timeout'), '48 hours');
    });

    it('shows a role that is no ARN as wrong, and takes one from the list', async () => {
      const { quickPick } = window.workbench;
      await startReview('tickets.jsonl');
      await quickPick.pick('Service role');
      await quickPick.waitFor('Service Role');
      await quickPick.type('BatchRole');
      const typed = await offered('BatchRole');
      assert.match(typed.description, /A role ARN looks like/);
      await quickPick.type('');
      await offered(window.at.sandbox.roleArn);
      await quickPick.pick(window.at.sandbox.roleArn);
      await backInReview();
      assert.equal(await shown('Service role'), window.at.sandbox.roleArn);
    });

    it('keeps what was set where the submission fails', async () => {
      const { quickPick, feedback } = window.workbench;
      await startReview('tickets.jsonl');
      const [first] = await quickPick.items();
      assert.equal(first?.label, 'Submit 120 records', 'all is set by now');
      // The model that was typed above does not exist.
      await quickPick.accept();
      await feedback.notification(/model/i);
      await feedback.clearNotifications();
      await startReview('tickets.jsonl');
      assert.equal(await shown('Job name'), 'my-tickets');
      assert.equal(await shown('Service role'), window.at.sandbox.roleArn);
      await quickPick.pick('Model');
      await quickPick.waitFor('Model');
      await quickPick.pick('Claude Haiku 4.5');
      await backInReview();
      assert.equal(await shown('Model'), haiku);
    });

    it('submits what it shows, with typed location and ARN, and remembers it', async () => {
      const { quickPick, inputBox, feedback } = window.workbench;
      await startReview('tickets.jsonl');
      await quickPick.pick('Output location');
      await quickPick.waitFor('Output Location in S3');
      await quickPick.type('bedrock-sandbox/results/by-hand/');
      // At once, before the list has caught up with the text.
      await quickPick.accept();
      await backInReview();
      await quickPick.pick('Service role');
      await quickPick.waitFor('Service Role');
      await quickPick.type(window.at.sandbox.roleArn);
      await quickPick.accept();
      await backInReview();
      for (const [setting, title, value] of [
        ['Job name', 'Job Name', 'by-hand'],
        ['Timeout', 'Timeout in Hours', '36'],
        ['Tags', 'Tags', 'team=support'],
      ] as const) {
        await quickPick.pick(setting);
        await inputBox.waitFor(title);
        await inputBox.answer(value);
        await backInReview();
      }
      await window.workbench.screenshot('review-billed');
      const [first] = await quickPick.items();
      assert.match(first?.detail ?? '', /AWS bills the tokens at batch prices/);
      await quickPick.pick('Submit 120 records');
      const job = await until(
        'the job',
        async () => (await window.at.aws.jobs.list({ limit: 9 }))[0],
      );
      assert.equal(job.name, 'by-hand');
      assert.equal(job.timeoutHours, 36);
      assert.equal(job.outputS3Uri, 's3://bedrock-sandbox/results/by-hand/');
      assert.equal((await endOf(window.at, job.arn)).counters.success, 119);
      await feedback.notification(/completed with errors/);
      await feedback.clearNotifications();
      await startReview('tickets.jsonl');
      assert.equal(await shown('Output location'), 's3://bedrock-sandbox/results/by-hand/');
      assert.equal(await shown('Service role'), window.at.sandbox.roleArn);
      assert.equal(await shown('Timeout'), '36 hours');
      assert.equal(await shown('Tags'), 'team=support');
      assert.notEqual(await shown('Job name'), 'by-hand', 'a name of its own');
    });
  });

  describe('a wrong file', () => {
    for (const [file, detail, line] of [
      ['few.jsonl', /99 records, and a batch job needs at least 100/, 1],
      ['broken.jsonl', /^Line 58: Not valid JSON at column/, 58],
    ] as const) {
      it(`${file} gets one clear message, the Problems view, and no job`, async () => {
        const { quickPick, feedback, page } = window.workbench;
        const before = await window.at.aws.jobs.list({ limit: 100 });
        await startReview(file);
        const [first] = await quickPick.items();
        assert.equal(first?.label, 'Cannot be submitted yet');
        assert.match(first.detail, detail);
        await quickPick.accept();
        const marker = page.locator('.markers-panel .monaco-list-row', { hasText: /\[Ln / });
        const text = await marker
          .filter({ hasText: `Ln ${line},` })
          .first()
          .innerText();
        assert.match(text, line === 1 ? /99 records/ : /Not valid JSON/);
        if (line > 1) await feedback.statusBar(`Ln ${line}, Col 1`);
        await window.workbench.screenshot(`problems-${file}`);
        assert.deepEqual(await feedback.notifications(), []);
        assert.equal((await window.at.aws.jobs.list({ limit: 100 })).length, before.length);
      });
    }
  });

  describe('cancelling in the progress notification', () => {
    for (const [file, operation] of [
      ['tickets.jsonl', 'PutObject'],
      ['large.jsonl', 'UploadPart'],
    ] as const) {
      it(`during ${operation} of ${file} leaves nothing behind and no message`, async () => {
        const { quickPick, feedback, views } = window.workbench;
        const [jobs, keys] = [
          await window.at.aws.jobs.list({ limit: 9 }),
          await inputKeys(window.at),
        ];
        await window.at.fault({ match: { operation }, fault: { kind: 'slow', delayMs: 4_000 } });
        await startReview(file);
        await quickPick.accept();
        await feedback.notification(/Submitting .*uploading/);
        await window.workbench.screenshot(`uploading-${operation}`);
        await feedback.answerNotification(/Submitting /, 'Cancel');
        await until(
          'the notification is gone',
          async () => (await feedback.notifications()).length === 0,
        );
        await views.openView('Amazon Bedrock');
        await until('the line says so', async () => {
          const [row] = await views.treeItems(tree);
          return row?.label === file && row.description === 'cancelled';
        });
        assert.deepEqual(await feedback.notifications(), []);
        // The request that was under way must not bring the object back when it ends.
        await until('the end of the request', () => haveEnded(operation));
        assert.deepEqual(await inputKeys(window.at), keys);
        assert.deepEqual(await openUploads(window.at), []);
        assert.equal((await window.at.aws.jobs.list({ limit: 9 })).length, jobs.length);
      });
    }
  });
});
