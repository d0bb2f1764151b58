"""A taxonomy from where a command was told that it is: packed in a file, or as a folder of its tables."""

from pathlib import Path
from typing import Final

from katalysator.cli.answering import naming
from katalysator.engine.skills import Taxonomy, unpack
from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.talent.taxonomies.compact import read_compact

_COMPACT_VERSION: Final = "1.1.1"
"""Of ESCO in the compact set, whose tables do not tell."""


def read_taxonomy(path: Path) -> Taxonomy:
    """Read it, or refuse what is none. Cost: 2 s for ESCO's tables, .2 s packed."""
    try:
        if path.is_dir():
            with naming(path):
                return read_compact(path, _COMPACT_VERSION).taxonomy
        return unpack(path.read_bytes())
    except (OSError, ValueError, KeyError, IndexError, EOFError) as fault:
        raise InvalidInput(
            "no-taxonomy",
            _("This is no taxonomy of work (%(reason)s)."),
            hint=_("Give a packed taxonomy, or a folder with the tables of the compact set."),
            reason=next(iter(str(fault).splitlines()), type(fault).__name__),
        ).at(path) from None
