"""Files of a taxonomy, of whichever kind they are, read whole."""

from collections.abc import Sequence
from pathlib import Path

from katalysator.talent.taxonomies.compact import is_compact, read_source
from katalysator.talent.taxonomies.competentnl import is_triples, read_triples
from katalysator.talent.taxonomies.files import TaxonomyFiles
from katalysator.talent.taxonomies.official import read_official
from katalysator.talent.taxonomies.sources import TaxonomySource


def read_taxonomy(paths: Sequence[Path], version: str = "") -> TaxonomyFiles:
    """A taxonomy of folders, zips or tables, official, packed small, or triples of CompetentNL. Raises InvalidInput. Cost: 5 s for ESCO."""
    source = TaxonomySource.of(*paths)
    if is_compact(source):
        return read_source(source, version)
    return (read_triples if is_triples(source) else read_official)(source, version)
