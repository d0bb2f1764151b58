"""The errors of a house with people and records, beside what `faults.py` says of bad input.

Which HTTP status belongs to which class is not decided here.
"""

from katalysator.faults import KatalysatorError


class NotAllowed(KatalysatorError):  # noqa: N818
    """The person may not do this."""


class Conflict(KatalysatorError):  # noqa: N818
    """It may be done, but not now: the record is in another state than the deed asks for."""
