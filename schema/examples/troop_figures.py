# What figures of troops were given over time, and who gave them? With polars, from Parquet.
# Run in the release folder: python examples/troop_figures.py
import polars as pl


def read(table: str) -> pl.DataFrame:
    return pl.read_parquet(f"parquet/{table}.parquet")


names = read("actors").select(actor="id", claimant="name")
claimants = (
    read("deployments_claimed_by")
    .join(names, on="actor", how="left")
    .with_columns(pl.coalesce("claimant", "as_printed"))
    .sort("deployments_id", "claimed_by_position")
    .group_by("deployments_id", maintain_order=True)
    .agg(pl.col("claimant").str.join(", "))
)

figures = (
    read("deployments")
    # a figure is at least a lower or an upper bound; "0 battle groups" is one too
    .filter(pl.any_horizontal(pl.col("personnel_low", "personnel_high").is_not_null()))
    .join(names.rename({"actor": "force_actor", "claimant": "force"}), on="force_actor", how="left")
    .join(claimants, left_on="id", right_on="deployments_id", how="left")
    .select(
        # the time for which it holds, else that at which it is to come about
        date=pl.coalesce("as_of_date", "occurs_date"),
        earliest=pl.coalesce("as_of_date_earliest", "occurs_date_earliest"),
        # observed, or only planned or expected
        status="status",
        force=pl.coalesce("force", "force_as_printed"),
        comparator="personnel_comparator",
        low="personnel_low",
        high="personnel_high",
        unit="personnel_unit",
        scope="personnel_scope",
        # without a claimant it is the source's own voice
        claimants=pl.col("claimant").fill_null("(the source itself)"),
    )
    .sort("earliest", "low", nulls_last=True)
)

with pl.Config(tbl_rows=-1, tbl_cols=-1, tbl_width_chars=200, fmt_str_lengths=60, tbl_hide_dataframe_shape=True):
    print(figures)
