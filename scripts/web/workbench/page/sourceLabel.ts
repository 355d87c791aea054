import { computed } from '@preact/signals';
import { member } from '../../../json/json.ts';
import { nameIn } from '../../../schema/nameIn.ts';
import { content, source, start, table } from './state.ts';

/** The name of the source in view: as its record in the form has it now, else as it was saved. */
export const sourceLabel = computed(() => {
  const [shown, of, value] = [source.value, table.value, content.value?.value];
  if (shown === undefined) return '';
  const isOwn =
    of?.isSource === true && of.key !== undefined && value !== undefined && member(value, of.key) === shown.id;
  return (isOwn ? nameIn(of.label, value) : undefined) ?? shown.label ?? shown.id;
});

/** Notes the name of the source in view before its record leaves the form. */
export function noteSourceLabel(): void {
  const [shown, label] = [source.value, sourceLabel.value];
  if (shown === undefined || label === (shown.label ?? shown.id)) return;
  source.value = { ...shown, label };
  document.title = `${label} · ${start.value?.title ?? ''}`;
}
