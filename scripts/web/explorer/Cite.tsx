import type { JSX } from 'preact';
import type { ExplorerModel } from '../../write/explorer/model.ts';
import { hrefOf } from '../../write/explorer/page.ts';
import { WebLink } from './WebLink.tsx';
import { size } from './words.ts';

/** How to cite the release, its licence and its files. */
export function Cite({ release }: { readonly release: ExplorerModel }): JSX.Element {
  const { dataset, files } = release;
  return (
    <>
      <h1>Cite and download</h1>
      <h2>Cite</h2>
      <blockquote>{dataset.citation}</blockquote>
      <dl class="facts">
        <dt>Version</dt>
        <dd>{dataset.version}</dd>
        {dataset.date !== undefined && <dt>Date</dt>}
        {dataset.date !== undefined && <dd>{dataset.date.slice(0, 10)}</dd>}
        {dataset.commit !== undefined && <dt>Commit</dt>}
        {dataset.commit !== undefined && (
          <dd>
            <code>{dataset.commit}</code>
          </dd>
        )}
        {dataset.homepage !== undefined && <dt>Homepage</dt>}
        {dataset.homepage !== undefined && (
          <dd>
            <WebLink text={dataset.homepage} />
          </dd>
        )}
        <dt>Licence</dt>
        <dd>{dataset.license ?? 'None stated.'}</dd>
      </dl>
      <h2>Files</h2>
      <p>
        To check the files, run <code>sha256sum -c SHA256SUMS</code> in the folder of the release.
      </p>
      <ul class="files">
        {files.map(({ path, bytes }) => (
          <li key={path}>
            <a href={hrefOf(path)} download={path.includes('/') || path.endsWith('.duckdb') ? '' : undefined}>
              {path}
            </a>{' '}
            {bytes !== undefined && <span class="faint">{size(bytes)}</span>}
          </li>
        ))}
      </ul>
    </>
  );
}
