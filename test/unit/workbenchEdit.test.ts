import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json } from '../../scripts/json/json.ts';
import type { RecordContent } from '../../scripts/web/workbench/messages.ts';
import {
  citing,
  duplicate,
  move,
  removeAt,
  removeWhole,
  setAt,
  unciting,
  valueAt,
} from '../../scripts/web/workbench/edit.ts';
import { begun, redone, stepped, undone } from '../../scripts/web/workbench/page/history.ts';
import { leftIn, uncitedIn } from '../../scripts/web/workbench/page/left.ts';

const span = (...supports: readonly string[]): RecordContent['spans'][number] => ({
  source: 'gazette',
  start: 0,
  end: 4,
  supports,
  origin: undefined,
});

const ferries: RecordContent = {
  value: { stops: [{ port: 'a' }, { port: 'b' }, { port: 'c' }], name: 'x' },
  spans: [span('/stops/0'), span('/stops/1/port', '/name'), span('/stops/2')],
};

const supports = ({ spans }: RecordContent): readonly (readonly string[])[] => spans.map((each) => each.supports);

test.each<[string, RecordContent, Json, readonly (readonly string[])[]]>([
  [
    'moved down',
    move(ferries, '/stops', 0, 2),
    ['b', 'c', 'a'],
    [['/stops/2'], ['/stops/0/port', '/name'], ['/stops/1']],
  ],
  [
    'moved up',
    move(ferries, '/stops', 2, 0),
    ['c', 'a', 'b'],
    [['/stops/1'], ['/stops/2/port', '/name'], ['/stops/0']],
  ],
  ['taken out', removeAt(ferries, '/stops/0'), ['b', 'c'], [['/stops/0/port', '/name'], ['/stops/1']]],
  [
    'doubled',
    duplicate(ferries, '/stops', 1),
    ['a', 'b', 'b', 'c'],
    [['/stops/0'], ['/stops/1/port', '/name', '/stops/2/port'], ['/stops/3']],
  ],
])('when an element is %s, spans go with what they support', (_name, after, ports, expected) => {
  const stops = valueAt(after.value, '/stops') as readonly { readonly port: string }[];
  expect(stops.map(({ port }) => port)).toEqual(ports);
  expect(supports(after)).toEqual(expected);
});

test('moving an element back gives the record again', () => {
  fc.assert(
    fc.property(fc.nat(2), fc.nat(2), (from, to) => {
      expect(move(move(ferries, '/stops', from, to), '/stops', to, from)).toEqual(ferries);
    }),
  );
});

test('removed values leave no empty object, list or span behind', () => {
  const only = setAt({ value: {}, spans: [span('/berth/port')] }, '/berth/port', 'ystad');
  expect(removeWhole(only, '/berth/port')).toEqual({ value: {}, spans: [] });
});

test('setting a field creates the objects around it, and nothing else', () => {
  expect(setAt({ value: { a: 1 }, spans: [] }, '/b/c', 2).value).toEqual({ a: 1, b: { c: 2 } });
});

test('the same words are one span for all fields; without a field it is removed', () => {
  const words = { source: 'gazette', start: 0, end: 4 };
  const once = citing({ value: {}, spans: [] }, words, ['/a']);
  const twice = citing(once, words, ['/b', '/a']);
  expect(supports(twice)).toEqual([['/a', '/b']]);
  expect(unciting(unciting(twice, 0, '/a'), 0, '/b').spans).toEqual([]);
});

test('undo and redo go through every step, and letters of one word are one', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { maxLength: 30 }), (steps) => {
      const all = steps.reduce((history, step) => stepped(history, step), begun(-1));
      const back = steps.reduce((history) => undone(history), all);
      expect(back.now).toBe(-1);
      expect(steps.reduce((history) => redone(history), back).now).toBe(all.now);
    }),
  );
  const typed = stepped(stepped(stepped(begun(''), 'f', '/name'), 'fe', '/name'), 'x', '/port');
  expect([undone(typed).now, undone(undone(typed)).now]).toEqual(['fe', '']);
});

test('a missing field is named once: as a field to fill in, not as a fault of the code that requires it', () => {
  const problem = { rule: 'schema', severity: 'error', hint: undefined, actions: [] } as const;
  const problems = [
    { ...problem, pointer: '/status', message: '"status" is "past", so "as_of" is needed' },
    { ...problem, pointer: '/count', message: '"x" is no number' },
  ];
  const lacking = { toAdd: ['/as_of'], leaves: [], uncited: [], isCited: () => false };
  const found = leftIn({ problems, missing: ['/as_of'], id: undefined }, lacking, () => 0);
  expect(found.map(({ what, pointer }) => [what, pointer])).toEqual([
    ['fill in', '/as_of'],
    ['correct', '/count'],
  ]);
});

test('each field without evidence is left to do, although the check names them in one problem', () => {
  const content = { value: { name: 'x', stops: [{ port: 'a' }, { port: 'b' }], note: 'y' }, spans: [span('/stops/0')] };
  const uncited = uncitedIn(content, (pointer) => pointer !== '/note');
  expect(uncited).toEqual(['/name', '/stops/1/port']);
  const problem = { rule: 'evidence-missing', severity: 'error', hint: undefined, actions: [] } as const;
  const problems = [{ ...problem, pointer: '/name', message: 'no span supports /name and /stops/1/port' }];
  const lacking = { toAdd: [], leaves: [], uncited, isCited: (pointer: string) => !uncited.includes(pointer) };
  const found = leftIn({ problems, missing: [], id: undefined }, lacking, () => 0);
  expect(found.map(({ what, pointer }) => [what, pointer])).toEqual([
    ['cite', '/name'],
    ['cite', '/stops/1/port'],
  ]);
  expect(leftIn({ problems: [], missing: [], id: undefined }, lacking, () => 0)).toEqual([]);
  // cited since the last check
  const since = { ...lacking, uncited: [], isCited: () => true };
  expect(leftIn({ problems, missing: [], id: undefined }, since, () => 0)).toEqual([]);
});
