import { micromark } from 'micromark';

/** The collapsed part of a report: its tags are the only ones that the renderer writes. */
const fold = /^<details>\n<summary>(?<heading>.*)<\/summary>\n(?<inside>[\s\S]*?)^<\/details>\n?/mu;

/** A report in Markdown, as a reviewer will see it. No tag in it becomes markup: its texts come from the data. */
export function Report({ markdown }: { readonly markdown: string }) {
  const found = fold.exec(markdown);
  const { heading = '', inside = '' } = found?.groups ?? {};
  return (
    <div class="report" role="region" aria-label="Report for the reviewer" tabIndex={0}>
      <Markdown text={found === null ? markdown : markdown.slice(0, found.index)} />
      {found === null ? null : (
        <>
          <details>
            <summary>{heading}</summary>
            <Markdown text={inside} />
          </details>
          <Markdown text={markdown.slice(found.index + found[0].length)} />
        </>
      )}
    </div>
  );
}

function Markdown({ text }: { readonly text: string }) {
  // micromark escapes tags, and drops addresses that run code
  return text.trim() === '' ? null : <div dangerouslySetInnerHTML={{ __html: micromark(text) }} />;
}
