import assert from 'node:assert/strict';
import { addManifests, parseManifest } from '../../../../src/core/results/manifest.js';

describe('parseManifest', () => {
  const rows: readonly [string, string, object][] = [
    [
      'counts and tokens',
      '{"totalRecordCount":3,"successRecordCount":2,"errorRecordCount":1,"inputTokenCount":10,"outputTokenCount":0}',
      {
        totalRecordCount: 3,
        successRecordCount: 2,
        errorRecordCount: 1,
        inputTokenCount: 10,
        outputTokenCount: 0,
      },
    ],
    ['absent members as unknown', '{"totalRecordCount":3}', { totalRecordCount: 3 }],
    ['members that are no counts as unknown', '{"totalRecordCount":"3","inputTokenCount":-1}', {}],
    ['half a file as unknown', '{"totalRecordCount":', {}],
    ['null as unknown', 'null', {}],
  ];
  for (const [what, text, expected] of rows) {
    it(`reads ${what}`, () => {
      assert.deepEqual(parseManifest(text), expected);
    });
  }
});

describe('addManifests', () => {
  it('adds what all know and leaves out what one does not know', () => {
    const sum = addManifests([
      { totalRecordCount: 1, inputTokenCount: 5 },
      { totalRecordCount: 2, outputTokenCount: 7 },
    ]);
    assert.deepEqual(sum, { totalRecordCount: 3 });
  });

  it('knows nothing of no manifests', () => {
    assert.deepEqual(addManifests([]), {});
  });
});
