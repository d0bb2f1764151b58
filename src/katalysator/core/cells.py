"""Cells of a spreadsheet that we write: nothing in them may run."""

from typing import Any

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def harmless(value: Any) -> Any:
    """The value; a text that a spreadsheet would run as a formula gets an apostrophe before it.

    Source: OWASP, CSV injection.
    """
    if isinstance(value, str) and value.startswith(_STARTS_A_FORMULA):
        return f"'{value}"
    return value
