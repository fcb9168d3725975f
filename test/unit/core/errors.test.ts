import assert from 'node:assert/strict';
import { AppError, causeChain, isCancelled, toAppError } from '../../../src/core/errors.js';

describe('errors', () => {
  it('keeps an AppError and wraps anything else as internal', () => {
    const own = new AppError('quota', 'Full.');
    assert.equal(toAppError(own), own);
    assert.equal(toAppError(new Error('odd')).kind, 'internal');
    assert.equal(toAppError('text').message, 'text');
  });

  it('recognises an AppError of another bundle by its name and kind', () => {
    const foreign = Object.assign(new Error('x'), { name: 'AppError', kind: 'notFound' });
    assert.equal(toAppError(foreign), foreign);
  });

  it('takes aborts and VS Code cancellations as cancelled', () => {
    const abort = Object.assign(new Error('aborted'), { name: 'AbortError' });
    const canceled = Object.assign(new Error('Canceled'), { name: 'Canceled' });
    for (const error of [abort, canceled, new AppError('cancelled', '')]) {
      assert.ok(isCancelled(error));
      assert.equal(toAppError(error).kind, 'cancelled');
    }
  });

  it('prints the causes outermost first', () => {
    const error = new AppError('network', 'submit failed', {
      cause: new Error('upload failed', { cause: new Error('socket hang up') }),
    });
    assert.equal(causeChain(error), 'submit failed → upload failed → socket hang up');
  });
});
