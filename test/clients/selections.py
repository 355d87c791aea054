"""Runs the code that the explorer of a release gives for a selection, and compares its rows with those of the page.

Usage: selections.py RELEASE SELECTIONS

SELECTIONS is the JSON of selections.ts. Ends with "N passed, N failed". Exit status: 0 all passed, 1 something failed.
"""

import datetime
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl


def text_of(cell) -> str | None:
    """A cell as the page shows it; None if it is empty."""
    if isinstance(cell, datetime.datetime):
        return cell.astimezone(datetime.timezone.utc).isoformat().replace("+00:00", "Z")
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    if cell is None or pd.isna(cell):
        return None
    if isinstance(cell, bool) or type(cell).__name__ == "bool":
        return "true" if cell else "false"
    # pandas reads integers as floats if a cell is empty
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def rows_of(language: str, code: str) -> list[list[str | None]] | None:
    """The rows that the code returns; None if its language is not installed."""
    if language == "SQL":
        connection = duckdb.connect()
        for statement in code.split(";\n"):
            result = connection.execute(statement)
        return [[text_of(cell) for cell in row] for row in result.fetchall()]
    if language in ("pandas", "polars"):
        names: dict = {}
        exec(code, names)
        rows = names["rows"]
        cells = rows.astype(object).itertuples(index=False, name=None) if isinstance(rows, pd.DataFrame) else rows.iter_rows()
        return [[text_of(cell) for cell in row] for row in cells]
    rscript = shutil.which("Rscript")
    if rscript is None:
        return None
    with tempfile.NamedTemporaryFile(suffix=".csv") as file:
        shown = f'{code}\nwrite.csv(rows, "{file.name}", row.names = FALSE, na = "", fileEncoding = "UTF-8")'
        subprocess.run([rscript, "-e", shown], check=True, capture_output=True)
        return pl.read_csv(Path(file.name).read_bytes(), infer_schema=False).rows()


def main() -> int:
    selections = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
    os.chdir(sys.argv[1])
    passed = failed = 0
    missing = set()
    for selection in selections:
        for language, code in selection["code"].items():
            try:
                found = rows_of(language, code)
            except Exception as error:  # an exception in the code fails only this test
                found = f"{type(error).__name__}: {error}"
            if found is None:
                missing.add(language)
            elif same(language, found, selection["rows"]):
                passed += 1
            else:
                failed += 1
                print(f"FAILED: {language}, {selection['what']}\n{code}\n  {found!r:.2000}\n  not {selection['rows']!r:.2000}")
    for language in sorted(missing):
        print(f"NOT RUN, for want of it: the explorer's {language}")
    print(f"{passed} passed, {failed} failed")
    return 0 if failed == 0 else 1


def same(language: str, found, wanted: list[list[str | None]]) -> bool:
    if not isinstance(found, list):
        return False
    if language != "R":
        return [list(row) for row in found] == wanted
    # R reads the CSV, where an empty text equals an empty cell, and writes booleans differently
    plain = {"TRUE": "true", "FALSE": "false", "": None}
    shown = [[plain.get(cell, cell) for cell in row] for row in found]
    return shown == [[plain.get(cell, cell) for cell in row] for row in wanted]


if __name__ == "__main__":
    sys.exit(main())
