"""Products: DataCite, STAC, README, combined reports."""
