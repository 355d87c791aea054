"""Rebuilds every record of releases from each format, and compares it with the one in records/*.ndjson.

Usage: records.py RELEASE …

Ends with "N passed, N failed". Exit status: 0 all passed, 1 something failed.
"""

import json
import sys
from pathlib import Path

from decode import records_of


def same(a, b) -> bool:
    """Whether two values are equal as JSON: 1 is 1.0, and is not true."""
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(same(a[key], b[key]) for key in a)
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(map(same, a, b))
    return a == b and isinstance(a, bool) == isinstance(b, bool)


def fault_of(release: Path, form: str, record: dict, mapping: dict) -> str | None:
    found = records_of(release, form, record, mapping)
    wanted = [json.loads(line) for line in (release / record["file"]).read_bytes().splitlines()]
    for name in record.get("left_out", []):
        for value in wanted:
            value.pop(name, None)
    if len(found) != len(wanted):
        return f"{len(found)} records, not {len(wanted)}"
    at = next((i for i, (a, b) in enumerate(zip(found, wanted)) if not same(a, b)), None)
    return None if at is None else f"record {at + 1} is {found[at]!r:.2000}\n  not {wanted[at]!r:.2000}"


def main() -> int:
    passed = failed = 0
    for release in map(Path, sys.argv[1:]):
        mapping = json.loads((release / "mapping.json").read_text(encoding="utf-8"))
        for record in mapping["records"]:
            for form in ("csv", "parquet", "duckdb"):
                fault = fault_of(release, form, record, mapping)
                passed, failed = passed + (fault is None), failed + (fault is not None)
                if fault is not None:
                    print(f"FAILED: {record['table']} from {form}\n  {fault}")
    print(f"{passed} passed, {failed} failed")
    return 0 if failed == 0 and passed > 0 else 1


if __name__ == "__main__":
    sys.exit(main())
