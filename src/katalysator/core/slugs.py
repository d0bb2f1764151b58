"""Addresses of new records, made of their names."""

from collections.abc import Callable
from itertools import count
from typing import Final

from django.utils.text import slugify

_LONGEST: Final = 70  # room for a number within 80


def free_slug(name: str, *, otherwise: str, is_taken: Callable[[str], bool]) -> str:
    """The first address of this name that is free: “name”, “name-2”; `otherwise` for a name without letters.

    Cost: that of `is_taken`, once for each that is not free, and once more.
    """
    wanted = slugify(name)[:_LONGEST].strip("-") or otherwise
    candidates = (wanted if n == 1 else f"{wanted}-{n}" for n in count(1))
    return next(slug for slug in candidates if not is_taken(slug))
