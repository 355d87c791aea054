import { AddDialog } from './AddField.tsx';
import { ChangesDialog } from './Changes.tsx';
import { ConflictDialog } from './Conflict.tsx';
import { DifferencesDialog } from './Differences.tsx';
import { DiscardDialog } from './Discard.tsx';
import { FindDialog } from './Find.tsx';
import { RecordDialog } from './GoToRecord.tsx';
import { HelpDialog } from './Help.tsx';
import { NewDialog } from './NewRecord.tsx';
import { PassOverDialog } from './PassOver.tsx';
import { RemovePartDialog } from './RemovePart.tsx';
import { RemoveDialog } from './RemoveRecord.tsx';
import { RenameDialog } from './RenameRecord.tsx';
import { RepeatDialog } from './RepeatList.tsx';
import { ReviewDialog } from './Review.tsx';
import { dialog } from './state.ts';
import { AddSourceDialog } from './AddSource.tsx';

export function Dialogs() {
  const name = dialog.value;
  if (name === 'new') return <NewDialog />;
  if (name === 'help') return <HelpDialog />;
  if (name === 'find') return <FindDialog />;
  if (name === 'add') return <AddDialog />;
  if (name === 'differences') return <DifferencesDialog />;
  if (name === 'no record') return <PassOverDialog />;
  if (name === 'review') return <ReviewDialog />;
  if (name === 'changes') return <ChangesDialog />;
  if (name === 'add source') return <AddSourceDialog />;
  if (name === 'records') return <RecordDialog />;
  if (name === 'repeats') return <RepeatDialog />;
  if (name === 'remove evidence') return <RemovePartDialog what="spans" />;
  if (name === 'remove field') return <RemovePartDialog what="fields" />;
  if (name === 'discard') return <DiscardDialog />;
  if (name === 'rename') return <RenameDialog />;
  if (name === 'delete') return <RemoveDialog />;
  if (name === 'conflict') return <ConflictDialog />;
  return null;
}
