"""Rebuilds the records of a release from any of its formats, using only mapping.json, as MAPPING.md describes."""

import json
import re
from pathlib import Path

import duckdb
import pyarrow.parquet

NOTHING = object()


def moment(cell: object) -> str:
    """A timestamp that Python or the CSV prints, in the form of MAPPING.md."""
    day, time = str(cell).replace("+00:00", "").replace(" ", "T").rstrip("Z").split("T")
    return f"{day}T{time.rstrip('0').rstrip('.') if '.' in time else time}Z"


KINDS = {
    "integer": int,
    "number": float,
    "boolean": lambda cell: str(cell).lower() == "true",
    "timestamp": moment,
    "json": json.loads,
}


def csv_rows(text: str):
    """Rows of CSV. The csv module does not distinguish an empty field (NULL) from the empty text."""
    row: list[str | None] = []
    for cell, end in re.findall(r'("(?:[^"]|"")*"|[^",\n]*)([,\n])', text):
        row.append(cell[1:-1].replace('""', '"') if cell.startswith('"') else cell or None)
        if end == "\n":
            yield row
            row = []


def rows_of(release: Path, form: str, table: str) -> list[dict]:
    if not (release / "csv" / f"{table}.csv").exists():
        return []
    if form == "csv":
        names, *rows = csv_rows((release / "csv" / f"{table}.csv").read_bytes().decode("utf-8"))
        return [dict(zip(names, row)) for row in rows]
    if form == "parquet":
        folder = release / "parquet"
        files = [*folder.glob(f"{table}.parquet"), *sorted(folder.glob(f"{table}/*.parquet"))]
        return [row for file in files for row in pyarrow.parquet.ParquetFile(file).read().to_pylist()]
    [database] = release.glob("*.duckdb")
    with duckdb.connect(str(database), read_only=True) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        result = connection.execute('SELECT * FROM "' + table.replace('"', '""') + '"')
        return [dict(zip([c[0] for c in result.description], row)) for row in result.fetchall()]


class Decoder:
    def __init__(self, mapping: dict, rows) -> None:
        self.tables = {table["name"]: table for table in mapping["tables"]}
        self.rows = rows
        self.grouped: dict[str, dict] = {}

    def records(self, name: str) -> list:
        table = self.tables[name]
        return [self.row((table, row, tuple(str(row[c]) for c in table["key"]), {})) for row in self.rows(name)]

    def row(self, spot: tuple):
        """The value of a row, given its table and key; for recursive tables, key and pointer."""
        text = spot[1].get(spot[0].get("rest"))
        value = self.value(spot[0]["value"], spot, NOTHING if text is None else json.loads(text))
        return None if value is NOTHING else value

    def below(self, name: str, path: str, spot: tuple) -> list:
        """The rows of a list or map below a row, each with its index or key."""
        _, _, key, frames = spot
        table, found = self.tables[name], []
        recursive = table.get("recursive", False)
        above, pointer = frames.get(name, (key, "")) if recursive else (key, "")
        if name not in self.grouped:
            self.grouped[name] = {}
            for row in self.rows(name):
                *front, last = (str(row[c]) for c in table["key"])
                front += last.rpartition("/")[:1] if recursive else []
                self.grouped[name].setdefault(tuple(front), []).append(row)
        for row in self.grouped[name].get((*above, pointer + path) if recursive else above, []):
            own = str(row[table["key"][-1]])
            step = own.rpartition("/")[2].replace("~1", "/").replace("~0", "~") if recursive else own
            tail = path + "/" + step.replace("~", "~0").replace("/", "~1")
            inside = {each: (k, p + tail) for each, (k, p) in frames.items()}
            if recursive:
                inside[name] = (above, pointer + tail)
            found.append((step, (table, row, (*above, own), inside)))
        return found

    def children(self, what: dict, kind: str, spot: tuple) -> list:
        return self.below(what[kind], what["pointer"][len(spot[0]["pointer"]) :], spot) if kind in what else []

    def value(self, what: dict, spot: tuple, rest):
        if rest is not NOTHING and not (isinstance(rest, dict) and "members" in what):
            return rest
        cell = spot[1].get(what.get("column"))
        if cell is not None:
            return KINDS.get(what["kind"], str)(cell)
        empty = what.get("empty", NOTHING)
        if "list" in what:
            rows = self.children(what, "list", spot)
            if rows and what.get("alone") and rows[0][0] == "-1":
                return self.row(rows[0][1])
            return [self.row(below) for _, below in rows] if rows else empty
        if "members" not in what:
            return empty
        if rest is NOTHING and empty is NOTHING and not self.is_written(what, spot):
            return NOTHING
        rest = {} if rest is NOTHING else rest
        named = {m["name"]: self.value(m, spot, rest.get(m["name"], NOTHING)) for m in what["members"]}
        unnamed = {name: value for name, value in rest.items() if name not in named}
        found = {name: value for name, value in named.items() if value is not NOTHING}
        return found | {step: self.row(below) for step, below in self.children(what, "map", spot)} | unnamed

    def is_written(self, what: dict, spot: tuple) -> bool:
        if spot[1].get(what.get("column")) is not None or any(self.children(what, k, spot) for k in ("list", "map")):
            return True
        return any(self.is_written(member, spot) for member in what.get("members", []))


def spans_of(record: dict, rows: list[dict]) -> dict[str, list]:
    """The spans of each record of a table, by the record's key."""
    fields, found = record["spans"]["fields"], {}
    columns = ["source_id", "span_start", "span_end", "span_sha256", "begins", "ends"]
    for row in (row for row in rows if row["table_name"] == record["table"]):
        values = [int(row[c]) if c in ("span_start", "span_end") else row[c] for c in columns]
        spans = found.setdefault(row["record_id"], {})
        span = spans.setdefault(tuple(values[:3]), dict(zip(fields, [*values, []])))
        span[fields[-1]].append(row["field"])
    return {key: list(spans.values()) for key, spans in found.items()}


def records_of(release: Path, form: str, record: dict, mapping: dict) -> list:
    """The records of an entry of `records` in mapping.json, with their spans."""
    rows = rows_of(release, form, record["table"])
    found = Decoder(mapping, lambda table: rows_of(release, form, table)).records(record["table"])
    if "spans" in record:
        spans = spans_of(record, rows_of(release, form, "provenance"))
        for value, row in zip(found, rows):
            key = " ".join(str(row[column]) for column in record["key"])
            value |= {record["spans"]["pointer"][1:]: spans[key]} if key in spans else {}
    return found
