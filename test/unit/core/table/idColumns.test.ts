import assert from 'node:assert/strict';
import { isNamedAsId, rankIdColumns } from '../../../../src/core/table/idColumns.js';

const named = (...names: string[]) => names.map((name) => ({ name, longest: 12 }));

describe('columns that name records', () => {
  for (const [columns, first] of [
    [['conversation', 'conversation_id'], 'conversation_id'],
    [['customer_id', 'text', 'id'], 'id'],
    [['text', 'Order-ID'], 'Order-ID'],
    [['name', 'ticketId'], 'ticketId'],
    [['名前', '顧客ID'], '顧客ID'],
    [['paid', 'valid', 'uuid'], 'uuid'],
    [['名前', '番号'], '番号'],
    [['title', 'slug'], 'slug'],
    [['id', 'record_id'], 'record_id'],
    [['b', 'a'], 'b'],
  ] as const) {
    it(`offers ${first} first of ${columns.join(', ')}`, () => {
      assert.equal(rankIdColumns(named(...columns))[0]?.name, first);
    });
  }

  it('offers long texts last, whatever they are called', () => {
    const long = { name: 'id', longest: 4_000 };
    assert.deepEqual(rankIdColumns([long, ...named('a')]), [...named('a'), long]);
  });

  it('takes only what is an id beyond doubt unasked', () => {
    const sure = named('id', 'recordId', 'conversation_id', 'key', 'code', 'name', 'paid');
    assert.deepEqual(
      sure.filter(isNamedAsId).map(({ name }) => name),
      ['id', 'recordId', 'conversation_id', 'key'],
    );
  });
});
