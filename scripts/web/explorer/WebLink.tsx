import type { JSX } from 'preact';

/** A text of the data, as a link if all of it is an address of the web. Other schemes are never links. */
export function WebLink({ text }: { readonly text: string }): JSX.Element {
  return /^https?:\/\/\S+$/i.test(text) && URL.canParse(text) ? (
    <a href={text} rel="noreferrer">
      {text}
    </a>
  ) : (
    <>{text}</>
  );
}
