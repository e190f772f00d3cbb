"""Foreign lists become drafts: one file per source, one row each in `IMPORTERS`."""

from mbl.importers.csv import csv
from mbl.importers.draft import Importer

IMPORTERS: dict[str, Importer] = {
    "csv": Importer(
        name="csv", about="lists from spreadsheets: CSV or TSV files, one request a row", drafts=csv
    ),
}
