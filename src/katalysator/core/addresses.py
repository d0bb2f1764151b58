"""Addresses of pages, worked out once for all records of a kind: a list asks for many, and asking Django takes long."""

from functools import lru_cache
from typing import Final

from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language

_NUMBER: Final = 987_654_321_012_345_678
"""Stands for the number of a record in an address: no other part of one has it."""


def address(page: str, *of: object) -> str:
    """Where a page is, in the active language."""
    where = get_language(), get_script_prefix()
    match of:
        case (int() as number,) if number >= 0:
            return _address(page, (_NUMBER,), *where).replace(str(_NUMBER), str(number))
        case _:
            return _address(page, of, *where)


@lru_cache(maxsize=4_096)
def _address(page: str, of: tuple[object, ...], _language: str | None, _prefix: str) -> str:
    return reverse(page, args=of)
