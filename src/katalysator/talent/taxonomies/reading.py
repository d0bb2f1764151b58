"""Files of a taxonomy, of whichever kind they are, read whole."""

from collections.abc import Sequence
from pathlib import Path

from katalysator.talent.taxonomies.compact import is_compact, read_source
from katalysator.talent.taxonomies.files import TaxonomyFiles
from katalysator.talent.taxonomies.official import read_official
from katalysator.talent.taxonomies.sources import TaxonomySource


def read_taxonomy(paths: Sequence[Path], version: str = "") -> TaxonomyFiles:
    """A taxonomy of folders, zips or tables, official or packed small. Raises InvalidInput. Cost: 5 s for ESCO."""
    source = TaxonomySource.of(*paths)
    return (read_source if is_compact(source) else read_official)(source, version)
