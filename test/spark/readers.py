"""Reads the Parquet files of a table as one, with each client, and compares what they find.

usage: readers.py RELEASE TABLE
"""

import json
import pathlib
import sys

import duckdb
import polars
import pyarrow.compute
import pyarrow.dataset
import pyarrow.parquet
from pyspark.sql import SparkSession, functions

release, table = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2]
descriptor = json.loads((release / "datapackage.json").read_text())
resource = next(each for each in descriptor["resources"] if each["name"] == f"{table}-parquet")
paths = resource["path"]
if not isinstance(paths, list) or len(paths) < 2:
    sys.exit(f"{table} is one file: {paths}")
files = [str(release / path) for path in paths]
folder = str(release / "parquet" / table)
key = resource["schema"]["fields"][0]["name"]

found = {}
with duckdb.connect() as connection:
    found["DuckDB"] = connection.execute(
        f"SELECT count(*), count(DISTINCT {key}), min({key}), max({key}) FROM '{folder}/*.parquet'"
    ).fetchone()
with duckdb.connect() as connection:
    connection.execute(f"SET file_search_path = '{release}'")
    connection.execute(f"ATTACH '{next(release.glob('*.duckdb'))}' AS release (READ_ONLY)")
    found["DuckDB, by the database"] = connection.execute(
        f"SELECT count(*), count(DISTINCT {key}), min({key}), max({key}) FROM release.{table}"
    ).fetchone()
found["polars"] = (
    polars.scan_parquet(f"{folder}/*.parquet")
    .select(
        rows=polars.len(),
        keys=polars.col(key).n_unique(),
        first=polars.col(key).min(),
        last=polars.col(key).max(),
    )
    .collect()
    .row(0)
)
keys = pyarrow.dataset.dataset(folder, format="parquet").to_table(columns=[key])[key]
found["pyarrow"] = (
    len(keys),
    pyarrow.compute.count_distinct(keys).as_py(),
    pyarrow.compute.min(keys).as_py(),
    pyarrow.compute.max(keys).as_py(),
)
session = (
    SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").config("spark.driver.memory", "1g").getOrCreate()
)
row = (
    session.read.parquet(folder)
    .agg(functions.count("*"), functions.countDistinct(key), functions.min(key), functions.max(key))
    .first()
)
found["Spark"] = tuple(row)
session.stop()

for client, values in found.items():
    print(f"{client}: {len(files)} files, {values[0]} rows, {values[1]} keys from {values[2]} to {values[3]}")
if len({tuple(values) for values in found.values()}) != 1:
    sys.exit("the clients differ")
if found["Spark"][0] != resource["rowCount"]:
    sys.exit(f"datapackage.json has {resource['rowCount']} rows")
# each file contains the keys between two bounds
bounds = []
for file in files:
    keys = pyarrow.parquet.read_table(file, columns=[key])[key].to_pylist()
    if keys != sorted(keys):
        sys.exit(f"{file} is not in order of {key}")
    bounds += [keys[0], keys[-1]]
if bounds != sorted(bounds):
    sys.exit("the files overlap")
