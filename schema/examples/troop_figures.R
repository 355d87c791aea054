# What figures of troops were given over time, and who gave them? With base R, from CSV.
# Run in the release folder: Rscript examples/troop_figures.R

# only an empty field is missing: "NA" would be a country code
read_table <- function(table) {
  read.csv(paste0("csv/", table, ".csv"), na.strings = "", encoding = "UTF-8", stringsAsFactors = FALSE)
}

actors <- read_table("actors")
name_of <- function(id, printed) {
  name <- actors$name[match(id, actors$id)]
  ifelse(is.na(name), printed, name)
}

claims <- read_table("deployments_claimed_by")
claims <- claims[order(claims$deployments_id, claims$claimed_by_position), ]
claims$name <- name_of(claims$actor, claims$as_printed)
claimants <- tapply(claims$name, claims$deployments_id, paste, collapse = ", ")

deployments <- read_table("deployments")
# a figure is at least a lower or an upper bound; "0 battle groups" is one too
figures <- deployments[!is.na(deployments$personnel_low) | !is.na(deployments$personnel_high), ]

# the time for which it holds, else that at which it is to come about
holds <- !is.na(figures$as_of_date)
result <- data.frame(
  date = ifelse(holds, figures$as_of_date, figures$occurs_date),
  # observed, or only planned or expected
  status = figures$status,
  force = name_of(figures$force_actor, figures$force_as_printed),
  comparator = figures$personnel_comparator,
  low = figures$personnel_low,
  high = figures$personnel_high,
  unit = figures$personnel_unit,
  scope = figures$personnel_scope,
  claimants = unname(claimants[figures$id])
)
# without a claimant it is the source's own voice
result$claimants[is.na(result$claimants)] <- "(the source itself)"

earliest <- ifelse(holds, figures$as_of_date_earliest, figures$occurs_date_earliest)
options(width = 200)
print(result[order(earliest, result$low), ], row.names = FALSE)
