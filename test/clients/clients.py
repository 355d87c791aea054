"""Reads a build with the programs that people use for analysis, and compares every cell.

Usage: clients.py RELEASE

The descriptor says which tables, columns, types and rows there must be. What pandas, polars, pyarrow and
DuckDB read from CSV, Parquet and the database is brought into one form and compared with it and with each other. Ends
with "N passed, N failed". Exit status: 0 all passed, 1 something failed.
"""

import datetime
import json
import math
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

Field = dict
Table = dict
Cell = str | int | float | bool | datetime.date | None
Rows = list[tuple[Cell, ...]]

passed = 0
failed = 0


def check(what: str, test: Callable[[], str | None]) -> None:
    """Runs and counts a test. It returns what is wrong, or None."""
    global passed, failed
    try:
        fault = test()
    except Exception as error:  # an exception of a client fails only this test
        fault = f"{type(error).__name__}: {error}"
    if fault is None:
        passed += 1
    else:
        failed += 1
        print(f"FAILED: {what}\n  {fault}")


# The name of each type of the descriptor in each client. A code list is text in files and an ENUM in the database.
POLARS = {
    "string": pl.String,
    "integer": pl.Int64,
    "number": pl.Float64,
    "boolean": pl.Boolean,
    "date": pl.Date,
    "datetime": pl.Datetime("us", "UTC"),
    "any": pl.String,
}
ARROW = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "datetime": pa.timestamp("us", "UTC"),
    "any": pa.string(),
}
# Parquet marks a text as JSON
ARROW_PARQUET = ARROW | {"any": pa.json_(pa.string())}
PANDAS = {
    "string": "string",
    "integer": "Int64",
    "number": "Float64",
    "boolean": "boolean",
    # pandas reads dates and times in a separate step
    "date": "string",
    "datetime": "string",
    "any": "string",
}
DUCKDB = {
    "string": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "datetime": "TIMESTAMP WITH TIME ZONE",
    "any": "JSON",
}


def cell(value: object) -> Cell:
    """A value of any client in one form: missing values are None, times are in UTC."""
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, float) and math.isnan(value):
        return None
    if hasattr(value, "item"):
        return cell(value.item())
    if isinstance(value, pd.Timestamp):
        value = value.to_pydatetime()
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.timezone.utc)
    return value


def rows_of_pandas(frame: pd.DataFrame) -> Rows:
    columns = [[cell(value) for value in frame[name].array] for name in frame.columns]
    return list(zip(*columns, strict=True))


def rows_of(rows: list[tuple]) -> Rows:
    return [tuple(cell(value) for value in row) for row in rows]


def rows_of_arrow(table: pa.Table) -> Rows:
    return rows_of(list(zip(*[column.to_pylist() for column in table.columns], strict=True)))


class Release:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
        resources = self.descriptor["resources"]
        self.tables: list[Table] = [r for r in resources if r["format"] == "csv"]
        self.parquet = {r["name"]: r["path"] for r in resources if r["format"] == "parquet"}
        [database] = [r["path"] for r in resources if r["format"] == "duckdb"]
        self.database = duckdb.connect(str(folder / database), read_only=True)
        # the machine's time zone must not change the result
        self.database.execute("SET TimeZone = 'UTC'")

    def csv_file(self, table: Table) -> str:
        return str(self.folder / table["path"])

    def parquet_files(self, table: Table) -> list[str]:
        paths = self.parquet[f"{table['name']}-parquet"]
        return [str(self.folder / path) for path in ([paths] if isinstance(paths, str) else paths)]


def name(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def mismatch(types: list[tuple[str, object]], fields: list[Field], expected: dict[str, object]) -> str | None:
    """What is wrong with the columns that a client read, or None."""
    wanted = [(field["name"], expected[field["type"]]) for field in fields]
    if [n for n, _ in types] != [n for n, _ in wanted]:
        return f"columns are {[n for n, _ in types]}, not {[n for n, _ in wanted]}"
    wrong = [f"{n} is {found}, not {want}" for (n, found), (_, want) in zip(types, wanted, strict=True) if found != want]
    return ", ".join(wrong) or None


# Each reader returns the rows, or raises if the names and types of the columns differ from the descriptor.


def raise_if(fault: str | None) -> None:
    if fault is not None:
        raise ValueError(fault)


def pandas_csv(release: Release, table: Table) -> Rows:
    fields = table["schema"]["fields"]
    frame = pd.read_csv(
        release.csv_file(table),
        dtype={field["name"]: PANDAS[field["type"]] for field in fields},
        # only an empty field is missing: "NA" can be a country code
        keep_default_na=False,
        na_values=[""],
        true_values=["true"],
        false_values=["false"],
    )
    raise_if(mismatch([(n, str(t)) for n, t in frame.dtypes.items()], fields, PANDAS))
    for field in fields:
        if field["type"] == "date":
            days = pd.to_datetime(frame[field["name"]], format="%Y-%m-%d", errors="raise")
            frame[field["name"]] = [None if day is pd.NaT else day.date() for day in days]
            frame[field["name"]] = frame[field["name"]].astype(object)
        if field["type"] == "datetime":
            frame[field["name"]] = pd.to_datetime(frame[field["name"]], format="ISO8601", utc=True)
    return rows_of_pandas(frame)


def pandas_parquet(release: Release, table: Table) -> Rows:
    frames = [pd.read_parquet(file, dtype_backend="pyarrow") for file in release.parquet_files(table)]
    for frame in frames:
        types = [(column, dtype.pyarrow_dtype) for column, dtype in frame.dtypes.items()]
        raise_if(mismatch(types, table["schema"]["fields"], ARROW_PARQUET))
    return [row for frame in frames for row in rows_of_pandas(frame)]


def polars_frame(frame: pl.DataFrame, table: Table) -> Rows:
    raise_if(mismatch(list(frame.schema.items()), table["schema"]["fields"], POLARS))
    return rows_of(frame.rows())


def polars_csv(release: Release, table: Table) -> Rows:
    schema = {field["name"]: POLARS[field["type"]] for field in table["schema"]["fields"]}
    # set here, so that the header is compared and not overwritten
    header = pl.read_csv(release.csv_file(table), n_rows=0).columns
    raise_if(None if header == list(schema) else f"the header is {header}, not {list(schema)}")
    return polars_frame(pl.read_csv(release.csv_file(table), schema=schema), table)


def polars_parquet(release: Release, table: Table) -> Rows:
    return polars_frame(pl.read_parquet(release.parquet_files(table)), table)


def arrow_csv(release: Release, table: Table) -> Rows:
    fields = table["schema"]["fields"]
    read = pa.csv.read_csv(
        release.csv_file(table),
        parse_options=pa.csv.ParseOptions(newlines_in_values=True),
        convert_options=pa.csv.ConvertOptions(
            column_types={field["name"]: ARROW[field["type"]] for field in fields},
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
        ),
    )
    raise_if(mismatch([(field.name, field.type) for field in read.schema], fields, ARROW))
    return rows_of_arrow(read)


def arrow_parquet(release: Release, table: Table) -> Rows:
    read = pa.concat_tables([pa.parquet.read_table(file) for file in release.parquet_files(table)])
    raise_if(mismatch([(f.name, f.type) for f in read.schema], table["schema"]["fields"], ARROW_PARQUET))
    return rows_of_arrow(read)


def documentation(field: Field) -> str | None:
    """The text that a program can show beside a column: title, description and unit."""
    text = ": ".join(field[part] for part in ("title", "description") if part in field)
    unit = f" Unit: {field['unit']}." if "unit" in field else ""
    return (text + unit).strip() or None


def field_descriptions(release: Release, table: Table) -> str | None:
    """pyarrow shows the description of each field of a Parquet file; pandas reads with pyarrow, and drops them."""
    wanted = [(field["name"], documentation(field)) for field in table["schema"]["fields"]]
    for file in release.parquet_files(table):
        schema = pa.parquet.read_schema(file)
        found = [(f.name, (f.metadata or {}).get(b"description", b"").decode() or None) for f in schema]
        if found != wanted:
            return next(f"{a} is described as {b}, not {c}" for (a, b), (_, c) in zip(found, wanted) if b != c)
    return None


def duckdb_rows(relation: duckdb.DuckDBPyRelation, fields: list[Field], expected: dict[str, object]) -> Rows:
    # the type of a code list contains its codes
    types = [(n, "VARCHAR" if str(t).startswith("ENUM") else str(t)) for n, t in zip(relation.columns, relation.types)]
    raise_if(mismatch(types, fields, expected))
    return rows_of(relation.fetchall())


def duckdb_csv(release: Release, table: Table) -> Rows:
    fields = table["schema"]["fields"]
    columns = {field["name"]: DUCKDB[field["type"]] for field in fields}
    # compare the header too, as a first row of texts
    header = release.database.read_csv(release.csv_file(table), header=False, all_varchar=True).limit(1).fetchall()
    raise_if(None if header == [tuple(columns)] else f"the header is {header}, not {tuple(columns)}")
    relation = release.database.sql(
        "SELECT * FROM read_csv($file, columns = $columns, header = true, auto_detect = false, delim = ',', quote = '\"',"
        " escape = '\"', new_line = '\\n', nullstr = '', allow_quoted_nulls = false)",
        params={"file": release.csv_file(table), "columns": columns},
    )
    return duckdb_rows(relation, fields, DUCKDB)


def duckdb_parquet(release: Release, table: Table) -> Rows:
    relation = release.database.read_parquet(release.parquet_files(table))
    return duckdb_rows(relation, table["schema"]["fields"], DUCKDB)


def duckdb_database(release: Release, table: Table) -> Rows:
    relation = release.database.sql(f"SELECT * FROM {name(table['name'])}")
    return duckdb_rows(relation, table["schema"]["fields"], DUCKDB)


def polars_database(release: Release, table: Table) -> Rows:
    # polars has its own ENUM: compare it as text
    frame = release.database.sql(f"SELECT * FROM {name(table['name'])}").pl()
    return polars_frame(frame.with_columns(pl.col(pl.Enum, pl.Categorical).cast(pl.String)), table)


def pandas_database(release: Release, table: Table) -> Rows:
    frame = release.database.sql(f"SELECT * FROM {name(table['name'])}").df()
    fields = table["schema"]["fields"]
    names = [field["name"] for field in fields]
    raise_if(None if list(frame.columns) == names else f"columns are {list(frame.columns)}, not {names}")
    for field in fields:
        column = frame[field["name"]]
        if field["type"] == "date":
            # a data frame stores dates as times at midnight
            frame[field["name"]] = pd.Series([None if day is pd.NaT else day.date() for day in column], dtype=object)
        if field["type"] == "integer":
            frame[field["name"]] = column.astype("Int64")
    return rows_of_pandas(frame)


READERS = {
    "pandas from CSV": pandas_csv,
    "pandas from Parquet": pandas_parquet,
    "pandas from DuckDB": pandas_database,
    "polars from CSV": polars_csv,
    "polars from Parquet": polars_parquet,
    "polars from DuckDB": polars_database,
    "pyarrow from CSV": arrow_csv,
    "pyarrow from Parquet": arrow_parquet,
    "DuckDB from CSV": duckdb_csv,
    "DuckDB from Parquet": duckdb_parquet,
    "DuckDB": duckdb_database,
}


def against_descriptor(rows: Rows, table: Table) -> str | None:
    if len(rows) != table["rowCount"]:
        return f"{len(rows)} rows, not {table['rowCount']}"
    for i, field in enumerate(table["schema"]["fields"]):
        values = [row[i] for row in rows]
        constraints = field.get("constraints", {})
        if constraints.get("required") and None in values:
            return f"{field['name']} is required, and row {values.index(None) + 1} has none"
        codes = constraints.get("enum")
        strangers = [v for v in values if v is not None and codes is not None and v not in codes]
        if strangers:
            return f"{field['name']} has {strangers[0]!r}, which is no code of it"
    key = table["schema"].get("primaryKey", [])
    places = [i for i, field in enumerate(table["schema"]["fields"]) if field["name"] in key]
    if key and len({tuple(row[i] for i in places) for row in rows}) != len(rows):
        return f"two rows have the same key {key}"
    return None


def against_first(rows: Rows, first: Rows, table: Table) -> str | None:
    """The first cell that differs, in type or value."""
    names = [field["name"] for field in table["schema"]["fields"]]
    if len(rows) != len(first):
        return f"{len(rows)} rows, not {len(first)}"
    for number, (row, expected) in enumerate(zip(rows, first, strict=True), 1):
        for column, value, wanted in zip(names, row, expected, strict=True):
            if type(value) is not type(wanted) or value != wanted:
                return f"row {number}, {column}: {value!r}, not {wanted!r}"
    return None


def compare(release: Release) -> None:
    for table in release.tables:
        first: Rows = []

        def read(reader: Callable[[Release, Table], Rows], table: Table = table) -> str | None:
            nonlocal first
            rows = reader(release, table)
            fault = against_descriptor(rows, table)
            if reader is reference:
                first = rows
                return fault
            return fault or against_first(rows, first, table)

        # a view has other types in the database, such as lists
        derived = table.get("derived", False)
        reference = duckdb_parquet if derived else duckdb_database
        check(f"{table['name']}: {reference.__name__}", lambda: read(reference))
        for client, reader in READERS.items():
            if reader is not reference and not (derived and client.endswith("DuckDB")):
                check(f"{table['name']}: {client}", lambda: read(reader))
    cells = sum(table["rowCount"] * len(table["schema"]["fields"]) for table in release.tables)
    print(f"{len(release.tables)} tables, {cells} cells, each read in {len(READERS)} ways: {', '.join(READERS)}")


def script(command: list[str], release: Release) -> str | None:
    """Runs an example as a user would, in the folder of the release."""
    done = subprocess.run(command, cwd=release.folder, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        return done.stderr.strip()
    return None if len(done.stdout.splitlines()) > 3 else f"it printed no rows: {done.stdout!r}"


def snippets(release: Release, language: str) -> list[str]:
    """The code in one language in the release's README.md."""
    parts = (release.folder / "README.md").read_text(encoding="utf-8").split(f"```{language}\n")[1:]
    return [part.split("```")[0] for part in parts]


def examples(release: Release) -> None:
    folder = release.folder / "examples"
    for file in sorted(folder.glob("*.py")):
        check(f"examples/{file.name}", lambda: script([sys.executable, "-B", f"examples/{file.name}"], release))
    for code in snippets(release, "python"):
        shown = f"{code}\nprint(with_pandas, with_polars, sep='\\n\\n\\n')"
        check(f"README.md: {code.splitlines()[0]}", lambda: script([sys.executable, "-c", shown], release))
    rscript = shutil.which("Rscript")
    in_r = sorted(folder.glob("*.R"))
    if rscript is None:
        print(f"NOT RUN, for want of Rscript: {', '.join(file.name for file in in_r)}, and the R of README.md")
        return
    for file in in_r:
        check(f"examples/{file.name}", lambda: script([rscript, f"examples/{file.name}"], release))
    for code in snippets(release, "r"):
        check("README.md: R", lambda: script([rscript, "-e", f"{code}\nprint(rows)"], release))


def data_package(release: Release) -> str | None:
    """Frictionless validates the package: CSV tables with keys and constraints, other files by size and digest.

    By the standard, a resource without `type` is a file. Frictionless 5 reads Parquet as a table all the same, and fails
    on sound ones: it counts no bytes of them ('expected is "4911" and actual is "None"') and guesses types of columns
    that begin empty. `type: file` is frictionless's own word, which the standard does not have, so it is set here and
    not in the descriptor.
    """
    from frictionless import Package

    resources = [r | {"type": "file"} if r["format"] == "parquet" else r for r in release.descriptor["resources"]]
    report = Package(release.descriptor | {"resources": resources}, basepath=str(release.folder)).validate()
    if report.valid:
        return None
    return "; ".join(f"{task.name}: {error.message}" for task in report.tasks for error in task.errors) or str(report.errors)


def croissant(release: Release) -> str | None:
    import mlcroissant

    dataset = mlcroissant.Dataset(jsonld=str(release.folder / "croissant.json"))
    issues = dataset.metadata.ctx.issues
    faults = [*issues.errors, *issues.warnings]
    return "; ".join(sorted(faults)) or None


def hugging_face(release: Release) -> str | None:
    """`datasets` loads the folder by the front matter of README.md: every table and view with rows, and a default."""
    with tempfile.TemporaryDirectory() as cache:
        os.environ.update(HF_HUB_OFFLINE="1", HF_HOME=cache, HF_DATASETS_DISABLE_PROGRESS_BARS="1")
        from datasets import get_dataset_config_names, load_dataset

        folder = str(release.folder)
        names = get_dataset_config_names(folder)
        wanted = {table["name"]: table["rowCount"] for table in release.tables if table["rowCount"] > 0}
        if set(names) != set(wanted):
            return f"its configurations are {sorted(names)}, not {sorted(wanted)}"
        for table in release.tables:
            if table["name"] not in wanted:
                continue
            loaded = load_dataset(folder, table["name"], split="train", cache_dir=cache)
            columns = [field["name"] for field in table["schema"]["fields"]]
            if loaded.num_rows != table["rowCount"] or loaded.column_names != columns:
                return f"{table['name']}: {loaded.num_rows} rows of {loaded.column_names}"
        return None if load_dataset(folder, split="train", cache_dir=cache).num_rows in wanted.values() else "no default"


def data_cite(release: Release) -> str | None:
    """DataCite's own JSON Schema. It requires a DOI, which only the publisher can add."""
    from datacite import schema45

    given = json.loads((release.folder / "datacite.json").read_text(encoding="utf-8"))
    return "; ".join(e.message for e in schema45.validator.iter_errors({"doi": "10.1234/none"} | given)) or None


def csv_on_the_web(release: Release) -> str | None:
    """A CSVW library reads every table with the types of csvw.json."""
    from csvw import TableGroup

    group = TableGroup.from_file(release.folder / "csvw.json")
    rows = {Path(str(table.url)).stem: sum(1 for _ in table.iterdicts(strict=True)) for table in group.tables}
    wanted = {table["name"]: table["rowCount"] for table in release.tables}
    return None if rows == wanted else f"it reads {rows}, not {wanted}"


def uncertain_dates(release: Release) -> str | None:
    """An EDTF library accepts every uncertain date: a text with a column `_precision` next to it."""
    from edtf_validate.valid_edtf import is_valid

    faults = []
    for table in release.tables:
        names = {field["name"] for field in table["schema"]["fields"]}
        for column in sorted(n for n in names if f"{n}_precision" in names):
            query = f"SELECT DISTINCT {name(column)} FROM {name(table['name'])} WHERE {name(column + '_precision')} IS NOT NULL"
            texts = [text for (text,) in release.database.execute(query).fetchall()]
            faults += [f"{table['name']}.{column}: {text}" for text in texts if not is_valid(text)]
    return "; ".join(faults) or None


def main() -> int:
    release = Release(Path(sys.argv[1]).resolve())
    compare(release)
    for table in release.tables:
        check(f"{table['name']}: descriptions in Parquet", lambda: field_descriptions(release, table))
    examples(release)
    check("datapackage.json: frictionless", lambda: data_package(release))
    if (release.folder / "croissant.json").exists():
        check("croissant.json: mlcroissant", lambda: croissant(release))
    check("README.md: datasets", lambda: hugging_face(release))
    if (release.folder / "datacite.json").exists():
        check("datacite.json: datacite", lambda: data_cite(release))
    check("csvw.json: csvw", lambda: csv_on_the_web(release))
    check("uncertain dates: edtf-validate", lambda: uncertain_dates(release))
    print(f"{passed} passed, {failed} failed")
    return 0 if failed == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
