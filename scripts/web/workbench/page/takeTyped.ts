/** Makes a field with a list or JSON accept the typed text, as it does when it loses the focus. */
export function takeTyped(): void {
  const at = document.activeElement;
  if (!(at instanceof HTMLElement) || !at.matches('#form [role="combobox"], #form .json, #form .member')) return;
  at.blur();
  at.focus();
}
