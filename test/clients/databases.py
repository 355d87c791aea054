"""Imports the CSV files of a build into SQLite and PostgreSQL with their own tools and keys, and compares every cell.

Usage: databases.py RELEASE

A program that is not on the machine is named as NOT RUN. Only Python's own library is needed.
Exit status: 0 all passed, 1 something failed.
"""

import csv
import datetime
import json
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

Table = dict
Cells = list[list[str | None]]

POSTGRES = {
    "string": "text",
    "integer": "bigint",
    "number": "double precision",
    "boolean": "boolean",
    "date": "date",
    "datetime": "timestamptz",
    # not jsonb, which changes numbers and spaces
    "any": "json",
}
SQLITE = {"integer": "INTEGER", "number": "REAL"}


def name(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def names(texts: str | list[str]) -> str:
    return ", ".join(name(text) for text in ([texts] if isinstance(texts, str) else texts))


def columns(table: Table) -> list[dict]:
    return table["schema"]["fields"]


def rows_of(release: Path, table: Table) -> Cells:
    """The cells of a CSV file; null and the empty text are the same here."""
    with (release / table["path"]).open(newline="", encoding="utf-8") as file:
        return [[cell or None for cell in row] for row in csv.reader(file)][1:]


def brought(kind: str, cell: str | None) -> object:
    """A cell in the form for comparison."""
    if cell in (None, ""):
        return None
    if kind == "number":
        return float(cell)
    if kind == "datetime":
        return datetime.datetime.fromisoformat(cell.replace("Z", "+00:00"))
    return cell


def difference(release: Path, table: Table, found: Cells) -> str | None:
    """The first row that only one of the two has. A database does not keep the order of rows."""
    kinds = [column["type"] for column in columns(table)]

    def compared(rows: Cells) -> list[str]:
        return sorted(repr([brought(*pair) for pair in zip(kinds, row, strict=True)]) for row in rows)

    got, wanted = compared(found), compared(rows_of(release, table))
    if len(got) != len(wanted):
        return f"{table['name']}: {len(got)} rows, not {len(wanted)}"
    return next((f"{table['name']}: {a}, not {b}" for a, b in zip(got, wanted, strict=True) if a != b), None)


def first_fault(faults: list[str | None]) -> str | None:
    return next((fault for fault in faults if fault is not None), None)


def in_sqlite(sqlite: str, release: Path, tables: list[Table], folder: Path) -> str | None:
    """`.import --csv` into tables with their types and primary keys. SQLite reads an empty field as an empty text."""
    lines = []
    for table in tables:
        parts = [f"{name(c['name'])} {SQLITE.get(c['type'], 'TEXT')}" for c in columns(table)]
        key = table["schema"].get("primaryKey")
        parts += [f"PRIMARY KEY ({names(key)})"] if key else []
        lines += [f"CREATE TABLE {name(table['name'])} ({', '.join(parts)});"]
        lines += [f'.import --csv --skip 1 "{table["path"]}" "{table["name"]}"']
    database = str(folder / "release.sqlite")
    subprocess.run([sqlite, "-bail", database], input="\n".join(lines), text=True, cwd=release, check=True)

    def rows(table: Table) -> Cells:
        select = f"SELECT * FROM {name(table['name'])}"
        ran = subprocess.run([sqlite, "-csv", database, select], text=True, capture_output=True, check=True)
        return list(csv.reader(ran.stdout.splitlines(keepends=True)))

    return first_fault([difference(release, table, rows(table)) for table in tables])


def statements(release: Path, tables: list[Table]) -> list[str]:
    lines = ["SET datestyle = 'ISO'; SET timezone = 'UTC';"]
    for table in tables:
        parts = [f"{name(c['name'])} {POSTGRES[c['type']]}" for c in columns(table)]
        key = table["schema"].get("primaryKey")
        parts += [f"PRIMARY KEY ({names(key)})"] if key else []
        lines += [f"CREATE TABLE {name(table['name'])} ({', '.join(parts)});"]
        path = str(release / table["path"]).replace("'", "''")
        lines += [f"\\copy {name(table['name'])} FROM '{path}' WITH (FORMAT csv, HEADER true, ENCODING 'UTF8')"]
    for table in tables:
        for key in table["schema"].get("foreignKeys", []):
            other = key["reference"]["resource"] or table["name"]
            lines += [
                f"ALTER TABLE {name(table['name'])} ADD FOREIGN KEY ({names(key['fields'])}) "
                f"REFERENCES {name(other)} ({names(key['reference']['fields'])});"
            ]
    return lines


def in_postgres(tools: Path, release: Path, tables: list[Table], folder: Path) -> str | None:
    """A private server that listens on a socket in the folder. It refuses to run as root."""
    known = {entry.pw_name for entry in pwd.getpwall()}
    user = next((each for each in ("postgres", "nobody") if each in known), None)
    drop = {"user": user} if os.geteuid() == 0 and user is not None else {}
    if drop:
        shutil.chown(folder, user)
    data = str(folder / "data")

    def run(program: str, *arguments: str) -> None:
        # the server keeps inherited files open: reading a pipe to its end would wait forever
        log = (folder.parent / f"{program}.log").open("w", encoding="utf-8")
        with log:
            subprocess.run([tools / program, *arguments], stdout=log, stderr=log, cwd=folder, check=True, **drop)

    def psql(text: str) -> str:
        command = [shutil.which("psql") or tools / "psql", "--no-psqlrc", "--quiet", "--csv", "--tuples-only"]
        command += ["--host", str(folder), "--username", "owner", "--dbname", "postgres", "--set", "ON_ERROR_STOP=1"]
        ran = subprocess.run(command, input=text, text=True, capture_output=True, check=False)
        if ran.returncode != 0:
            raise RuntimeError(ran.stderr)
        return ran.stdout

    run("initdb", "--auth=trust", "--username=owner", "--encoding=UTF8", "--locale=C", "--no-sync", data)
    run("pg_ctl", "--wait", f"--pgdata={data}", "-o", f"-k {folder} -c listen_addresses= -c fsync=off", "start")
    try:
        psql("\n".join(statements(release, tables)))
        faults = []
        for table in tables:
            cells = ", ".join(f"{name(c['name'])}::text" for c in columns(table))
            select = f"SET timezone = 'UTC'; SELECT {cells} FROM {name(table['name'])};"
            found = list(csv.reader(psql(select).splitlines(keepends=True)))
            faults.append(difference(release, table, found))
        return first_fault(faults)
    finally:
        run("pg_ctl", f"--pgdata={data}", "--mode=immediate", "stop")


def postgres_tools() -> Path | None:
    """The folder of initdb, which is not on the PATH in Debian."""
    found = shutil.which("initdb")
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    folders = installed if found is None else [Path(found).resolve().parent]
    return next((each for each in reversed(folders) if (each / "initdb").exists()), None)


def main() -> int:
    release = Path(sys.argv[1]).resolve()
    descriptor = json.loads((release / "datapackage.json").read_text(encoding="utf-8"))
    tables = [each for each in descriptor["resources"] if each["format"] == "csv"]
    sqlite, tools = shutil.which("sqlite3"), postgres_tools()
    tests = [
        ("SQLite", None if sqlite is None else lambda folder: in_sqlite(sqlite, release, tables, folder)),
        ("PostgreSQL", None if tools is None else lambda folder: in_postgres(tools, release, tables, folder)),
    ]
    passed, failed = 0, 0
    for what, test in tests:
        if test is None:
            print(f"NOT RUN, for want of it: {what}")
            continue
        with tempfile.TemporaryDirectory() as temporary:
            os.chmod(temporary, 0o755)
            folder = Path(temporary) / "db"
            folder.mkdir()
            try:
                fault = test(folder)
            except Exception as error:  # any exception fails only this test
                fault = f"{type(error).__name__}: {error}"
        passed += fault is None
        failed += fault is not None
        if fault is not None:
            print(f"FAILED: {what}\n  {fault}")
    print(f"{passed} passed, {failed} failed")
    return 0 if failed == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
