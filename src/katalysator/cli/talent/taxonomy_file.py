"""A taxonomy from where a command was told that it is: packed in a file, as tables, or the starter set where nothing was told."""

from pathlib import Path
from typing import Final

from katalysator.cli.answering import naming
from katalysator.engine.skills import Taxonomy, unpack
from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.talent.taxonomies.reading import read_taxonomy
from katalysator.talent.taxonomies.starter import read_starter

_ZIP: Final = ".zip"


def taxonomy_at(path: Path | None, version: str) -> Taxonomy:
    """Read it, or refuse what is none. Cost: 2 s for ESCO's tables, .2 s packed."""
    if path is None:
        return read_starter().taxonomy
    if path.is_dir() or path.suffix.lower() == _ZIP:
        with naming(path):
            return read_taxonomy([path], version).taxonomy
    try:
        return unpack(path.read_bytes())
    except (OSError, ValueError, KeyError, IndexError, EOFError) as fault:
        raise InvalidInput(
            "no-taxonomy",
            _("This is no taxonomy of work (%(reason)s)."),
            hint=_("Give a packed taxonomy, or a folder or zip with the tables of one."),
            reason=next(iter(str(fault).splitlines()), type(fault).__name__),
        ).at(path) from None
