import { Dialog } from './Dialog.tsx';

/** The steps of a curator's work, in order. */
const steps: readonly (readonly [title: string, words: string])[] = [
  [
    'Take in a text (Alt+I)',
    'Paste it, or drop a text, HTML or PDF file on the page. Its words are kept as you see them. Then say what the source is, and save its record.',
  ],
  [
    'Select words',
    'With the mouse; or go to the text with Alt+T: the arrow keys select the next word, Shift with them takes more in, Shift+↓ takes in the sentence. Alt+F finds words and selects them: capitals, the form of quotes and marks of stress make no difference.',
  ],
  [
    'Make a record (Alt+N)',
    'Choose the table. Each field that you fill in is cited with the selected words, until you press Alt+W. Select other words and press Alt+W to go on with those. Alt+D makes another record like the one that is open: change what differs, then Alt+Shift+E cites the rest.',
  ],
  [
    'Fill it in',
    'Alt+J goes to the next field that is empty, without evidence or wrong. Alt+A adds a field that is not there, or one more element to a list. In a list, Alt+↑ and Alt+↓ move an element. A field that you leave empty is absent. “New record in …” makes a record that a field needs, and brings you back.',
  ],
  [
    'Cite (Alt+E)',
    'The selected words become evidence for the field that you were in last. A field for words of the text is filled in with them. Alt+Shift+E makes them evidence for every field that lacks some.',
  ],
  [
    'Save (Ctrl+S)',
    'Only a record without errors is saved. Everything else is kept as a draft, also when the page is closed: the drafts are above the records. Ctrl+Z undoes, Ctrl+Shift+Z redoes. Alt+R finds a record by its name.',
  ],
  [
    'See what is left (Alt+U)',
    'It goes to the next sentence that no record is about. Alt+O says why a passage needs none, where the schema has a list for that. Alt+Y shows known names, dates and numbers.',
  ],
  [
    'Review (Alt+V)',
    'Somebody else compares the records with the text, and marks the source as reviewed. Alt+Q lists all sources, and what is left of each.',
  ],
  [
    'Commit (Alt+G)',
    'It shows what has changed, and what a reviewer will read. The commit goes on a branch; nothing is pushed.',
  ],
  ['Compare two codings (Alt+C)', 'After a second coder has coded the source: choose field by field, and say why.'],
];

/** How the workbench is used. */
export function HelpDialog() {
  return (
    <Dialog label="Help">
      <h3>How to code a text</h3>
      <dl class="help">
        {steps.map(([title, words]) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
      <p>The keys are at the bottom of the page, and each can be clicked. Esc closes a dialog or a list.</p>
    </Dialog>
  );
}
