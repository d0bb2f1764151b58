"""Sheets as both sides of a market, for tests."""

from pathlib import Path

from katalysator.engine.matching.profiles import Profile
from katalysator.listings.sheets import RowKind
from katalysator.matches.sheet_profiles import Listings, listings
from katalysator.matches.sheet_sources import SheetSource, nobody
from katalysator.tables.columns_said import ColumnsSaid


def listings_in(
    path: Path, encoding: str | None = None, kind: RowKind = "need", /, **mapped: str
) -> Listings:
    """What is in a file, as it is read for matching: needs, unless it is said to be offers."""
    said = ColumnsSaid(own={header: field for field, header in mapped.items()})
    source = SheetSource(path, kind, said)
    return listings(source.records(source.table(encoding), nobody), kind)


def read_file(
    path: Path, encoding: str | None = None, kind: RowKind = "need", /, **mapped: str
) -> Listings:
    """The same, of a file of which everything is understood."""
    found = listings_in(path, encoding, kind, **mapped)
    assert [str(remark) for remark in found.remarks] == []
    assert found.read.left_out == ()
    return found


def only(found: Listings) -> Profile:
    """The one profile."""
    (profile,) = found.profiles
    return profile
