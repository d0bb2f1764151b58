"""All deeds for many, by their names."""

from collections.abc import Sequence
from typing import Final

from katalysator.bureau.bulk.deed import BulkDeed
from katalysator.bureau.bulk.of_applications import OF_APPLICATIONS
from katalysator.bureau.bulk.of_listings import OF_LISTINGS
from katalysator.bureau.bulk.of_organisations import OF_ORGANISATIONS

BULK_DEEDS: Final[Sequence[BulkDeed]] = (*OF_ORGANISATIONS, *OF_APPLICATIONS, *OF_LISTINGS)


def bulk_deed(name: str) -> BulkDeed | None:
    """The deed of this name, None where there is none."""
    return next((each for each in BULK_DEEDS if each.name == name), None)
