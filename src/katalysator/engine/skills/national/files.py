"""The files of a nation, checked whole before anything is reckoned."""

from collections.abc import Sequence
from pathlib import Path

from katalysator.engine.matching.blocks import Progress
from katalysator.engine.matching.files.tables import Source
from katalysator.engine.skills.national.reading import NationReader
from katalysator.engine.skills.national.side import NationSide
from katalysator.engine.skills.taxonomy import Taxonomy
from katalysator.faults import Refused


def read_nation(
    people: Path,
    openings: Path,
    taxonomy: Taxonomy,
    *,
    progress: Progress,
    groups: Sequence[str] = (),
) -> tuple[NationSide, NationSide]:
    """Read both files, or refuse them with the first problem of each column of either.

    Parameters
    ----------
    people : Path
        A table with the column ``id``, with ``occupation`` or ``skills`` or both (codes, or lists of them), and where
        known ``region``, ``level``, ``hours`` and ``version``. Whoever tells an occupation is taken to have what it
        cannot do without.
    openings : Path
        The same, and ``seats`` (one where there is no such column); here ``region`` is a must.
    taxonomy : Taxonomy
        What the codes are of.
    progress : callable
        Is told the stages "people" and "openings", the rows done and those in all (0: unknown).
    groups : sequence of str
        Columns of `people` with labels that the summary goes by; nothing else looks at them.

    Raises
    ------
    Refused
        With all problems, the first of each kind in each column.

    Notes
    -----
    Memory: 4 bytes a skill and 30 a row, the ids, and some 500 MiB for what is on the way.

    """
    sources = Source.open(people), Source.open(openings)
    readers = NationReader(sources[0], taxonomy, groups), NationReader(sources[1], taxonomy)
    if problems := [each for reader in readers for each in reader.unfit()]:
        raise Refused(*problems)
    for stage, reader in zip(("people", "openings"), readers, strict=True):
        reader.read(stage, progress)
    if problems := [each for reader in readers for each in reader.problems.values()]:
        raise Refused(*problems)
    for source in sources:
        source.require_unchanged()
    return readers[0].side(), readers[1].side()
