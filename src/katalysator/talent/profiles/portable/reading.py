"""A profile in a file of any of our forms is read."""

from katalysator.talent.profiles.portable import elm, sheet
from katalysator.talent.profiles.portable.facts import (
    PortableProfile,
    require_small,
    unreadable,
)


def read(content: bytes, name: str) -> PortableProfile:
    """A file in one of our forms, told by its name. Raises InvalidInput at “file”."""
    require_small(content)
    found = sheet.read(content) if name.lower().endswith(".csv") else elm.read(content)
    if found.is_empty and not found.left_out:
        raise unreadable()
    return found
