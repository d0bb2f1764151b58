"""How data can be had: fetched with a token, or brought to an address of who wants it."""

from typing import Final

from katalysator.dataspace.delivery.tokens import PULL
from katalysator.dataspace.models import Transfer

HTTP_PUSH: Final = "HttpData-PUSH"
S3_PUSH: Final = "AmazonS3-PUSH"
PUSHES: Final = (HTTP_PUSH, S3_PUSH)
FORMATS: Final = (PULL, *PUSHES)
"""What a dataset with a source can be had as."""


def is_brought(transfer: Transfer) -> bool:
    """Whether who holds the data brings it."""
    return transfer.format in PUSHES
