/** Pixels between a list and the edge of the window. */
const margin = 8;

/** Opens the list of a combobox upward if there is more room, and never beyond the edge of its scrolling container. */
export function placeList(combobox: HTMLElement): void {
  const list = combobox.querySelector<HTMLElement>('[role="listbox"]');
  const input = combobox.querySelector('input')?.getBoundingClientRect();
  // the list of a dialog makes room for itself
  if (list === null || input === undefined || combobox.closest('dialog') !== null) return;
  const frame = combobox.closest('#records')?.getBoundingClientRect();
  list.style.maxHeight = '';
  const below = (frame?.bottom ?? innerHeight) - combobox.getBoundingClientRect().bottom - margin;
  const above = input.top - (frame?.top ?? 0) - margin;
  const isUpward = list.offsetHeight > below && above > below;
  list.classList.toggle('upward', isUpward);
  const room = isUpward ? above : below;
  if (list.offsetHeight > room) list.style.maxHeight = `${room}px`;
}
