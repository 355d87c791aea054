"""A peer of the benchmark on a file of NDJSON. Writes the peak memory in KiB to file descriptor 3.

Usage: peers.py jsonschema-rs SCHEMA FILE | peers.py flatterer FILE FOLDER
"""

import os
import resource
import sys


def validate(schema, file):
    import jsonschema_rs
    import orjson

    with open(schema, "rb") as text:
        validator = jsonschema_rs.validator_for(orjson.loads(text.read()), validate_formats=True)
    with open(file, "rb") as lines:
        return all(validator.is_valid(orjson.loads(line)) for line in lines)


def flatten(file, folder):
    import flatterer

    flatterer.flatten(file, folder, ndjson=True, csv=True, parquet=True, force=True)
    return True


passed = {"jsonschema-rs": validate, "flatterer": flatten}[sys.argv[1]](*sys.argv[2:])
os.write(3, str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss).encode())
sys.exit(0 if passed else 1)
