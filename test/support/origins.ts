import { newsroom } from './articles.ts';
import { schemas } from './fixture.ts';
import { commit } from './repository.ts';

const slug = { type: 'string', pattern: '^[a-z0-9]+(?:-[a-z0-9]+)*$' };
const words = { type: 'string', minLength: 1 };
const basis = {
  title: 'Basis',
  type: 'string',
  oneOf: [{ const: 'stated', description: 'In so many words.' }, { const: 'inferred' }],
};
const firm = { title: 'Firm', type: 'string', 'x-references': 'firms', 'x-evidence': true };
const said = (title: string): object => ({
  title,
  type: 'object',
  properties: { firm, basis },
  required: ['firm', 'basis'],
  additionalProperties: false,
});

/** A dataset whose sources say who published them, who wrote them, when, in which language, and of what kind. */
export function withOrigins(): string {
  const folder = newsroom();
  const papers = schemas['schema/papers.schema.json'] as { readonly properties: object };
  const crossings = schemas['schema/crossings.schema.json'] as { readonly properties: { readonly evidence: object } };
  const record = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    additionalProperties: false,
  };
  commit(folder, 'Ask for origins', {
    'schema/firms.schema.json': {
      ...record,
      title: 'Firms',
      properties: { id: slug, name: { ...words, 'x-evidence': true }, evidence: crossings.properties.evidence },
      required: ['id', 'name'],
    },
    'schema/papers.schema.json': {
      ...record,
      title: 'Papers',
      properties: {
        ...papers.properties,
        heading: { ...words, title: 'Heading', 'x-verbatim': true, 'x-evidence': true },
        outlet: said('Outlet'),
        authors: { title: 'Authors', type: 'array', minItems: 1, items: said('Author') },
        issued: {
          title: 'Published',
          type: 'object',
          'x-issued': true,
          properties: { date: { type: 'string', format: 'edtf', 'x-evidence': true }, basis },
          required: ['date', 'basis'],
          additionalProperties: false,
        },
        kind: { title: 'Kind', type: 'string', oneOf: [{ const: 'article' }, { const: 'dispatch' }] },
        language: { title: 'Language', type: 'string', 'x-language': true, pattern: '^[a-z]{2,3}$' },
        remark: { ...words, title: 'Remark' },
        url: { type: 'string', format: 'uri' },
        evidence: crossings.properties.evidence,
      },
      required: ['id', 'document', 'kind', 'issued', 'language'],
    },
    'raw/papers/gazette.json': undefined,
    'raw/crossings/monday-ystad.json': undefined,
    'raw/firms/harbour-gazette.json': { id: 'harbour-gazette', name: 'Harbour Gazette' },
  });
  return folder;
}

/** A page of a newspaper, with its metadata. */
export const page = `<!doctype html>
<html lang="de"><head><title>Fähre „Anna“ verlässt Ystad | Gazette</title>
<link rel="canonical" href="https://gazette.example/2022/02/28/anna">
<meta property="og:site_name" content="Harbour Gazette">
<meta property="article:published_time" content="2022-02-28T18:04:00+01:00">
<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","headline":"Fähre „Anna“ verlässt Ystad",
"author":[{"@type":"Person","name":"Ida Berg"}]}]}</script></head>
<body><nav>Home</nav><article><h1>Fähre „Anna“ verlässt Ystad</h1>
<p>Von Ida Berg, Harbour Gazette. Ystad, 28. Februar 2022. Die Fähre hat am Montag den Hafen verlassen. An Bord waren 40 Autos.</p>
</article></body></html>`;
