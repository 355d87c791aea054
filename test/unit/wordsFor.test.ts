import { expect, test } from 'vitest';
import { begun } from '../../scripts/web/workbench/page/history.ts';
import { inHand, open, selectedFor, selection, source } from '../../scripts/web/workbench/page/state.ts';
import { wordsFor, wordsMeantFor } from '../../scripts/web/workbench/page/wordsFor.ts';

const cited = { source: 'herald', start: 20, end: 25 };
const selected = { source: 'herald', start: 3, end: 9 };

test('a number is read from the selected words alone, and from those that a field cites if none are selected', () => {
  const spans = [{ ...cited, sha256: '', begins: '', ends: '', supports: ['/load'], origin: 0 }];
  const known = { table: 'crossings', id: 'c1', shown: '', digest: undefined, draftName: 'c1', draft: undefined };
  const record = { ...known, value: {}, spans };
  source.value = {
    table: 'papers',
    id: 'herald',
    label: undefined,
    review: undefined,
    first: 0,
    text: '',
    reason: undefined,
  };
  open.value = { record, history: begun({ value: {}, spans }), form: 0 };
  selection.value = undefined;
  inHand.value = undefined;
  expect(wordsMeantFor('/load')).toEqual([cited]);
  selection.value = selected;
  expect(wordsMeantFor('/load')).toEqual([selected]);
  // a date is read from words that were selected for it, or first from other selected ones
  expect(wordsFor('/load')).toEqual([selected, cited]);
  selectedFor.value = { form: 0, field: '/load' };
  expect(wordsFor('/load')).toEqual([selected]);
  inHand.value = selected;
  expect(wordsFor('/load')).toEqual([selected, cited]);
  inHand.value = undefined;
  // words of a source that is not in view
  selection.value = { ...selected, source: 'other' };
  expect(wordsMeantFor('/load')).toEqual([cited]);
});

test('words that another field cites are those of that field', () => {
  const held = { source: 'herald', start: 30, end: 60 };
  const now = open.value;
  if (now === undefined) throw new Error('no record is open');
  inHand.value = held;
  selection.value = cited;
  selectedFor.value = { form: now.form, field: '/load' };
  expect([wordsFor('/load'), wordsMeantFor('/load')]).toEqual([[cited], [cited]]);
  expect([wordsFor('/on'), wordsMeantFor('/on')]).toEqual([[held, cited], [held]]);
  // unless they were selected again, for this field
  selectedFor.value = { form: now.form, field: '/on' };
  expect([wordsFor('/on'), wordsMeantFor('/on')]).toEqual([[cited], [cited]]);
  // a part of them, such as a date, was taken for the other field
  selectedFor.value = { form: now.form, field: '/load' };
  const wider = { ...cited, start: 15, end: 28 };
  selection.value = wider;
  expect([wordsFor('/on'), wordsMeantFor('/on')]).toEqual([[held, wider], [wider]]);
});
