# Who warned or accused whom, when, and on what evidence? With pandas, from CSV.
# Run in the release folder: python examples/who_warned_whom.py
import pandas as pd


def read(table: str) -> pd.DataFrame:
    # only an empty field is missing: "NA" would be a country code
    return pd.read_csv(f"csv/{table}.csv", keep_default_na=False, na_values=[""])


statements = read("statements")
actors = read("actors").set_index("id")["name"]
names = pd.concat([actors, read("places").set_index("id")["name"]])


def together(table: str, column: str) -> pd.Series:
    """The names in a child table of statements, in order, as one text for each statement."""
    rows = read(table)
    rows["name"] = rows[column].map(names)
    if "as_printed" in rows:
        rows["name"] = rows["name"].fillna(rows["as_printed"])
    return rows.groupby("statements_id", sort=False)["name"].agg(", ".join)


sources = read("sources").set_index("id")["title"]
spans = read("provenance").query("table_name == 'statements' and field == '/kind'")
spans = spans.assign(source=spans["source_id"].map(sources).fillna(spans["source_id"]))

charges = statements[statements["kind"].isin(["warning", "accusation"])]
first = charges["speaker_actor"].map(actors)
others = charges["id"].map(together("statements_co_speakers", "actor"))
charges = charges.assign(
    speakers=first.str.cat(others, sep=", ").fillna(first),
    addressees=charges["id"].map(together("statements_addressees", "actor")),
    # those whom it accuses or warns, and all actors and places that it speaks of
    targets=charges["id"].map(together("statements_targets", "value")),
    about=charges["id"].map(together("statements_subjects", "value")),
    # an open beginning counts from its end
    from_day=charges["said_date_earliest"].fillna(charges["said_date_latest"]),
)

# a row for each span of a source that supports the statement being of that kind
result = charges.merge(spans, left_on="id", right_on="record_id")
result = result.sort_values(["from_day", "id", "source_id", "span_start"])
columns = ["said_date", "kind", "speakers", "addressees", "targets", "about", "summary",
           "source", "span_start", "span_end"]
print(result[columns].to_string(index=False, max_colwidth=50))
