import assert from 'node:assert/strict';
import { type Job, schedule } from '../../tools/schedule.mjs';

/** Runs the jobs, each for so many turns of the clock; says who was running whenever one began. */
async function trace(
  jobs: readonly (Job & { readonly turns: number })[],
  lanes: number,
): Promise<string[]> {
  const begun: string[] = [];
  const running = new Set<string>();
  await schedule(jobs, lanes, async ({ name, turns }) => {
    begun.push([name, ...running].join(' beside '));
    running.add(name);
    for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate);
    running.delete(name);
  });
  return begun;
}

describe('the tiers’ schedule', () => {
  const cases: readonly [string, Parameters<typeof trace>[0], number, readonly string[]][] = [
    [
      'fills the lanes in the order of the list',
      [
        { name: 'a', turns: 5 },
        { name: 'b', turns: 2 },
        { name: 'c', turns: 1 },
      ],
      2,
      ['a', 'b beside a', 'c beside a'],
    ],
    [
      'runs a wide job alone, letting a narrow one of later go before it',
      [
        { name: 'a', turns: 5 },
        { name: 'wide', turns: 2, lanes: 2 },
        { name: 'b', turns: 9 },
        { name: 'c', turns: 1 },
      ],
      2,
      ['a', 'b beside a', 'c beside b', 'wide'],
    ],
    [
      'waits for what a job comes after',
      [
        { name: 'late', turns: 1, after: ['first'] },
        { name: 'first', turns: 3 },
      ],
      2,
      ['first', 'late'],
    ],
    [
      'does not wait for what nobody asked for',
      [{ name: 'late', turns: 1, after: ['first'] }],
      2,
      ['late'],
    ],
    [
      'runs a wide job where there is one lane',
      [
        { name: 'wide', turns: 1, lanes: 2 },
        { name: 'a', turns: 1 },
      ],
      1,
      ['wide', 'a'],
    ],
  ];
  for (const [what, jobs, lanes, expected] of cases) {
    it(what, async () => {
      assert.deepEqual(await trace(jobs, lanes), expected);
    });
  }

  it('gives the results in the order of the list, whoever ended first', async () => {
    const results = await schedule([{ name: 'slow' }, { name: 'fast' }], 2, async ({ name }) => {
      if (name === 'slow') await new Promise((resolve) => setTimeout(resolve, 20));
      return name;
    });
    assert.deepEqual(results, ['slow', 'fast']);
  });

  it('says which jobs can write at once: those with others beside them cannot', async () => {
    const jobs = [{ name: 'a' }, { name: 'b' }, { name: 'wide', lanes: 2 }];
    const alone = await schedule(jobs, 2, ({ name }, isAlone) =>
      Promise.resolve(isAlone ? name : ''),
    );
    assert.deepEqual(alone, ['', '', 'wide']);
  });

  it('refuses jobs that wait for each other', async () => {
    const jobs = [
      { name: 'a', after: ['b'] },
      { name: 'b', after: ['a'] },
    ];
    await assert.rejects(
      schedule(jobs, 2, () => Promise.resolve()),
      /wait for each other/,
    );
  });
});
