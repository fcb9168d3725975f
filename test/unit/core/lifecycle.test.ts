import assert from 'node:assert/strict';
import { DisposableStore, Emitter, onDispose } from '../../../src/core/lifecycle.js';

describe('DisposableStore', () => {
  it('disposes last in, first out', () => {
    const order: number[] = [];
    const store = new DisposableStore();
    for (const n of [1, 2, 3]) store.add(onDispose(() => order.push(n)));
    store.dispose();
    assert.deepEqual(order, [3, 2, 1]);
  });

  it('disposes at once what is added after its end', () => {
    const store = new DisposableStore();
    store.dispose();
    let isDone = false;
    store.add(onDispose(() => (isDone = true)));
    assert.ok(isDone);
  });
});

describe('Emitter', () => {
  it('tells every listener until it is disposed', () => {
    const emitter = new Emitter<number>();
    const seen: number[] = [];
    const first = emitter.event((value) => seen.push(value));
    emitter.event((value) => seen.push(value * 10));
    emitter.fire(1);
    first.dispose();
    emitter.fire(2);
    assert.deepEqual(seen, [1, 10, 20]);
  });
});
