import { Dialog } from './Dialog.tsx';
import { KeyTable } from './Keys.tsx';
import { hasSources } from './state.ts';

/** The steps of a curator's work on sources, in order. */
const coding: readonly (readonly [title: string, words: string])[] = [
  [
    'Add a source (Alt+I)',
    'Paste its text, or drop a text, HTML or PDF file on the page. The text is saved as you see it. Buttons offer ' +
      'what the text or the page shows. Fill in what is left, and save the record of the source.',
  ],
  [
    'Select words',
    'Use the mouse. Or press Alt+T to go to the text: the arrow keys select the next word, Shift with an ' +
      'arrow extends the selection, Shift+↓ extends it to the end of the sentence. Alt+F finds words and ' +
      'selects them, whatever their capitals, quote marks or stress marks.',
  ],
  [
    'Make a record (Alt+N)',
    'Choose the table. Each field that you fill in or change cites the selected words if it has no evidence yet, ' +
      'until you press Alt+W. To continue with other words, select them and press Alt+W: fields that are filled in ' +
      'cite them too if they contain their text. Alt+D duplicates the open record: change what differs, then ' +
      'cite the rest with Alt+Shift+E. Alt+P shows what the other records of the source repeat, such as the date of ' +
      'the report: take all of it or some.',
  ],
  [
    'Fill it in',
    'Alt+J goes to the next field that is empty, lacks evidence or has an error. Alt+A adds an optional ' +
      'field, or another entry to a list, or goes to a field that is there. In a list, Alt+↑ and Alt+↓ move an entry. An empty field is not saved. ' +
      'Enter takes the choice that matches. ↓ in an empty list shows first what the selected words name. ' +
      'A button below an empty date offers what the selected words mean; it ' +
      'also fills in the fields beside it that follow, such as the words as written and what the date rests on. ' +
      'Another one fills in numbers with their unit. Enter in the empty field takes a certain offer, and goes to any other. A draft in the list has to be saved before your record can be. “New record ' +
      'in …”, at its end, makes a record that a field needs, and brings you back. If a record has the typed name already, ↓ passes over it and ↑ goes there.',
  ],
  [
    'Cite (Alt+E)',
    'The selected words become evidence for the field that you were in last. A field that quotes the text is ' +
      'filled in with them. Alt+Shift+E cites them for every field that still lacks evidence. Alt+Delete removes words ' +
      'that a field cites; Alt+Shift+Delete removes the field, or the entry that it is in.',
  ],
  [
    'Save (Ctrl+S)',
    'A record with an error cannot be saved. It is kept as a draft, even if you close the page: drafts are listed ' +
      'below the form, and their number is at the top. Alt+B goes back to the draft that you left. Ctrl+Z undoes, ' +
      'Ctrl+Shift+Z redoes. “Discard…” drops what you have not saved. Alt+R finds a record by its name; if words ' +
      'are selected, the records that cite them come first.',
  ],
  [
    'See what is left (Alt+U)',
    'Goes to the next sentence without a record. If it needs none, press Alt+O and say why (the schema must ' +
      'have a field for this). Then Alt+U goes to sentences of which records cite only a small part. Alt+Y highlights known names, dates and numbers; ' +
      'Alt+Shift+Y goes to the next one that fits the field, and Alt+E uses it.',
  ],
  [
    'Review (Alt+V)',
    'Another person compares the records with the text, and marks the source as reviewed. Alt+Q lists all ' +
      'sources and their status.',
  ],
  [
    'Commit (Alt+G)',
    'Shows the changed records, the drafts that are not in the commit, the report for the reviewer, and ' +
      'the branch that the commit goes on. All records are checked first. Nothing is pushed: the page shows the ' +
      'command that does.',
  ],
  ['Compare codings (Alt+C)', 'When two people have coded the source: choose a value for each field, and say why.'],
];

/** The steps of work on records without sources. */
const filling: typeof coding = [
  [
    'Find a record (Alt+R)',
    'Type words of its name, its identifier or a code: the list follows. Words of the title of a table list its ' +
      'records. The arrow keys and Enter open one. “With errors” checks all records, “Drafts” shows those that are ' +
      'not saved yet.',
  ],
  ['Make a record (Alt+N)', 'Choose the table. Alt+D makes a copy of the open record: change what differs.'],
  [
    'Fill it in',
    'Alt+J goes to the next field that is empty or has an error. Alt+A adds an optional field, or another entry to a ' +
      'list, or goes to a field that is there. In a list, Alt+↑ and Alt+↓ move an entry. Alt+Shift+Delete removes the field, or the entry that it is ' +
      'in. An empty field or entry is not saved. Enter takes the choice that matches. A draft in the list has to be saved before your record can be. “New record in …”, at its end, makes a ' +
      'record that a field needs, and brings you back. If a record has the typed name already, ↓ passes over it and ' +
      '↑ goes there.',
  ],
  [
    'Save (Ctrl+S)',
    'Ctrl+Enter also opens the next record of the list. A record with an error cannot be saved. It is kept as a draft, ' +
      'even if you close the page: drafts are listed below the form, and their number is at the top. Alt+B goes back ' +
      'to the draft that you left. Ctrl+Z undoes, Ctrl+Shift+Z redoes. “Discard…” drops what you have not saved.',
  ],
  [
    'Commit (Alt+G)',
    'Shows the changed records, the drafts that are not in the commit, the report for the reviewer, and the branch ' +
      'that the commit goes on. All records are checked first. Nothing is pushed: the page shows the command that does.',
  ],
];

/** How to use the workbench. */
export function HelpDialog() {
  return (
    <Dialog isWide label="Help">
      <h3>{hasSources.value ? 'How to code a text' : 'How to fill in records'}</h3>
      <dl class="help">
        {(hasSources.value ? coding : filling).map(([title, words]) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
      <h3>Keys</h3>
      <p>
        {hasSources.value
          ? 'The keys that you need most are at the bottom of the page; Alt+K shows them all there.'
          : 'They are at the bottom of the page too.'}{' '}
        You can also click them. Esc closes a dialog or a list.
      </p>
      <KeyTable />
    </Dialog>
  );
}
