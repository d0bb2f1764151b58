"""Addresses of pages, each worked out once: a list of records asks for many, and asking Django takes long."""

from functools import lru_cache

from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.translation import get_language


def address(page: str, *of: object) -> str:
    """Where a page is, in the active language."""
    return _address(page, of, get_language(), get_script_prefix(), get_urlconf())


@lru_cache(maxsize=4_096)
def _address(
    page: str, of: tuple[object, ...], _language: str | None, _prefix: str, _urls: str | None
) -> str:
    return reverse(page, args=of)
