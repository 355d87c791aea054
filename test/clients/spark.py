"""Reads builds with Spark: CSV with the options that README.md gives, and Parquet with the descriptions of its fields.

Usage: spark.py RELEASE ...

Ends with "N passed, N failed". Exit status: 0 all passed, 1 something failed.
"""

import json
import re
import sys
from pathlib import Path

import pyarrow.parquet
from decode import csv_rows
from pyspark.sql import SparkSession

Table = dict


def options_in(release: Path) -> dict[str, str | bool]:
    """The options in the line of Scala in README.md."""
    text = (release / "README.md").read_text(encoding="utf-8")
    code = text.split("```scala\n")[1].split("```")[0]
    return {key: json.loads(value) for key, value in re.findall(r'\.option\("(\w+)", (true|false|"(?:[^"\\]|\\.)*")\)', code)}


def from_csv(session: SparkSession, release: Path, table: Table) -> str | None:
    file = release / table["path"]
    names, *wanted = csv_rows(file.read_bytes().decode("utf-8"))
    frame = session.read.options(**options_in(release)).csv(str(file))
    if frame.columns != names:
        return f"columns are {frame.columns}, not {names}"
    return difference([tuple(row) for row in frame.collect()], [tuple(row) for row in wanted])


def documentation(field: dict) -> str | None:
    text = ": ".join(field[part] for part in ("title", "description") if part in field)
    unit = f" Unit: {field['unit']}." if "unit" in field else ""
    return (text + unit).strip() or None


TYPES = {
    "string": "string",
    "integer": "bigint",
    "number": "double",
    "boolean": "boolean",
    "date": "date",
    "datetime": "timestamp",
    "any": "string",
}


def from_parquet(session: SparkSession, release: Path, table: Table, paths: list[str]) -> str | None:
    files = [str(release / path) for path in paths]
    frame = session.read.parquet(*files)
    frame.createOrReplaceTempView("released")
    shown = [(row.col_name, row.data_type, row.comment) for row in session.sql("DESCRIBE released").collect()]
    wanted = [(f["name"], TYPES[f["type"]], documentation(f)) for f in table["schema"]["fields"]]
    if shown != wanted:
        return next(f"DESCRIBE gives {a}, not {b}" for a, b in zip(shown, wanted) if a != b)
    # timestamps as integers: Python would convert them to the time zone of the machine
    moments = {f["name"] for f in table["schema"]["fields"] if f["type"] == "datetime"}
    expressions = [f"unix_micros(`{c.replace('`', '``')}`)" if c in moments else f"`{c.replace('`', '``')}`" for c in frame.columns]
    read = pyarrow.concat_tables([pyarrow.parquet.ParquetFile(file).read() for file in files])
    columns = [
        column.cast(pyarrow.timestamp("us", "UTC")).cast("int64").to_pylist() if name in moments else column.to_pylist()
        for name, column in zip(read.column_names, read.columns)
    ]
    return difference([tuple(row) for row in frame.selectExpr(*expressions).collect()], list(zip(*columns)))


def difference(found: list[tuple], wanted: list[tuple]) -> str | None:
    if len(found) != len(wanted):
        return f"{len(found)} rows, not {len(wanted)}"
    return next((f"row {i}: {a}, not {b}" for i, (a, b) in enumerate(zip(found, wanted), 1) if a != b), None)


def main() -> int:
    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    # column names can differ only in case
    builder = builder.config("spark.sql.caseSensitive", "true")
    session = builder.config("spark.ui.showConsoleProgress", "false").getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    passed = failed = 0
    for release in map(Path, sys.argv[1:]):
        descriptor = json.loads((release / "datapackage.json").read_text(encoding="utf-8"))
        resources = {resource["name"]: resource for resource in descriptor["resources"]}
        for table in (each for each in descriptor["resources"] if each["format"] == "csv"):
            paths = resources[f"{table['name']}-parquet"]["path"]
            tests = {
                "Spark from CSV": lambda: from_csv(session, release, table),
                "Spark from Parquet": lambda: from_parquet(
                    session, release, table, [paths] if isinstance(paths, str) else paths
                ),
            }
            for what, test in tests.items():
                try:
                    fault = test()
                except Exception as error:  # an exception in Spark fails only this test
                    fault = f"{type(error).__name__}: {str(error).splitlines()[0]}"
                if fault is None:
                    passed += 1
                else:
                    failed += 1
                    print(f"FAILED: {descriptor['name']}, {table['name']}: {what}\n  {fault[:500]}")
    print(f"Spark: {passed} passed, {failed} failed")
    return 0 if failed == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
