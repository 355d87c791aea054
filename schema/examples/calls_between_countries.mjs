// How many telephone calls were there between each pair of countries? With Node and DuckDB's package.
// Run in the release folder: npm install --no-save @duckdb/node-api && node examples/calls_between_countries.mjs
import { DuckDBInstance } from '@duckdb/node-api';

const database = await DuckDBInstance.create('demarche.duckdb', { access_mode: 'READ_ONLY' });
const connection = await database.connect();
const ask = async (sql) => (await connection.runAndReadAll(sql)).getRowObjectsJson();

// calls that are only planned or offered do not count
const participants = await ask(`
  SELECT p.meetings_id AS call, p.actor
  FROM meetings AS m JOIN meetings_participants AS p ON p.meetings_id = m.id
  WHERE m.kind = 'telephone_call' AND m.status = 'held'
  ORDER BY ALL`);
const actors = await ask('SELECT id, country_code FROM actors');
const countryOf = new Map(actors.map((actor) => [actor.id, actor.country_code]));

const countriesOfCall = new Map();
for (const { call, actor } of participants) {
  const country = countryOf.get(actor);
  const countries = countriesOfCall.get(call) ?? new Set();
  if (country) countries.add(country);
  countriesOfCall.set(call, countries);
}

const callsOfPair = new Map();
for (const countries of countriesOfCall.values()) {
  const sorted = [...countries].sort();
  for (const [i, one] of sorted.entries()) {
    for (const other of sorted.slice(i + 1)) {
      const pair = `${one} – ${other}`;
      callsOfPair.set(pair, (callsOfPair.get(pair) ?? 0) + 1);
    }
  }
}

const rows = [...callsOfPair].map(([pair, calls]) => ({ pair, calls }));
console.table(rows.sort((a, b) => b.calls - a.calls || (a.pair < b.pair ? -1 : 1)));
