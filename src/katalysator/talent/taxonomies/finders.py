"""What finds work and skills by words, of the taxonomy that is used now: laid out once, and kept beside it.

A small taxonomy is laid out where it is asked for. A large one takes a job three minutes, which keeps it in a file; until
then it is found by the words of its labels alone. Where the operator lets the careful encoder read titles too, the job
lays occupations out by both encoders after that, and from then on these serve.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache, lru_cache
from typing import Final
from uuid import UUID

from django.conf import settings

from katalysator.core.attachments import store
from katalysator.engine.skills import (
    BothEncoders,
    FoundOccupation,
    FoundSkill,
    NamedRows,
    OccupationFinder,
    SkillFinder,
    Taxonomy,
)
from katalysator.engine.text import Embedder, bundled, careful
from katalysator.talent.work.looking import LONGEST, looked_up

ROOM: Final = "talent"
SMALL: Final = 3_000
"""Labels that are laid out where they are asked for: a second."""
_LEAST: Final = 0.01
"""How surely an occupation is meant that is shown, and beside the surest a twentieth of that: a person chooses."""
_BESIDE: Final = 0.05
_SURE_SKILL: Final = 0.1
_LAID_OUT: Final = 3
"""How things are laid out by now: files of before are not read."""


def find_occupations(
    taxonomy: Taxonomy, query: str, language: str, most: int = 6
) -> Sequence[FoundOccupation]:
    """The occupations that words may mean, the surest first. Cost: 20 ms; of one that is not laid out yet, 10 ms."""
    finder = occupation_finder(taxonomy)
    if finder is not None:
        found = finder.find(query, language, most)
        least = max(_LEAST, _BESIDE * found[0].score) if found else 1.0
        return [each for each in found if each.score >= least]
    rows = looked_up(taxonomy, "occupations", query[:LONGEST], language)[:most] if query else ()
    named = [(row, taxonomy.occupations.called(row, language)) for row in rows]
    return [FoundOccupation(row, 1.0, told.text, told.language) for row, told in named]


def read_skills(
    taxonomy: Taxonomy, text: str, language: str, most: int = 12
) -> Sequence[FoundSkill]:
    """The skills that a text may tell of, in the order of the text; none of a taxonomy that is not laid out yet.

    Cost: 1 ms a word.
    """
    finder = skill_finder(taxonomy)
    found = finder.read(text, language, most) if finder else ()
    sure = [each for each in found if each.score >= _SURE_SKILL]
    return sorted(sure, key=lambda each: each.start)


def occupation_finder(taxonomy: Taxonomy) -> OccupationFinder | None:
    """What finds its occupations, as carefully as it is laid out by now; None where it is not laid out yet."""
    for encoder in (_both(), bundled()):
        try:
            if encoder:
                return _occupation_finder(taxonomy, encoder)
        except FileNotFoundError:
            continue
    return None


def skill_finder(taxonomy: Taxonomy) -> SkillFinder | None:
    """What finds its skills; None where it is not laid out yet."""
    try:
        return _skill_finder(taxonomy)
    except FileNotFoundError:
        return None


def titles_found(taxonomy: Taxonomy) -> Callable[[str, str], Sequence[int]] | None:
    """What gives the rows of ten occupations for a title in a language; None where it is not laid out yet."""
    finder = occupation_finder(taxonomy)
    if finder is None:
        return None
    return lambda title, language: [each.row for each in finder.find(title, language)]


def is_small(taxonomy: Taxonomy) -> bool:
    """Whether all its titles can be tried while somebody waits."""
    return _is_small(taxonomy.occupations)


def lay_out(taxonomy: Taxonomy, now: datetime) -> None:
    """Lay a large taxonomy out, as far as it is not yet, and keep it; forget what is of no use any more.

    Cost: three minutes for ESCO, and by both encoders ten more.
    """
    quick, both = bundled(), _both()
    makers: list[tuple[NamedRows, str, Callable[[], bytes]]] = [
        (taxonomy.occupations, quick.name, lambda: OccupationFinder.of(taxonomy, quick).pack()),
        (taxonomy.skills, quick.name, lambda: SkillFinder.of(taxonomy, quick).pack()),
    ]
    if both:
        makers.append(
            (taxonomy.occupations, both.name, lambda: OccupationFinder.of(taxonomy, both).pack())
        )
    keys = [_key(rows, name) for rows, name, _made in makers]
    gone = store.missing(ROOM, keys)
    for key, (rows, _name, made) in zip(keys, makers, strict=True):
        if key in gone and not _is_small(rows):
            with store.kept(ROOM, key, made()):
                pass
    store.sweep(ROOM, keys, now)


@cache
def _both() -> BothEncoders | None:
    """The encoders that read titles side by side; None where the operator lets the quick one read alone."""
    surer = careful() if settings.CAREFUL_TITLES else None
    return BothEncoders(bundled(), surer) if surer else None


@lru_cache(maxsize=1)
def _occupation_finder(taxonomy: Taxonomy, encoder: Embedder) -> OccupationFinder:
    if _is_small(taxonomy.occupations):
        return OccupationFinder.of(taxonomy, encoder)
    return OccupationFinder.unpack(_kept(taxonomy.occupations, encoder), taxonomy, encoder)


@lru_cache(maxsize=1)
def _skill_finder(taxonomy: Taxonomy) -> SkillFinder:
    if _is_small(taxonomy.skills):
        return SkillFinder.of(taxonomy, bundled())
    return SkillFinder.unpack(_kept(taxonomy.skills, bundled()), taxonomy, bundled())


def _is_small(rows: NamedRows) -> bool:
    return sum(len(labels) for some in rows.labels.values() for labels in some) < SMALL


def _kept(rows: NamedRows, encoder: Embedder) -> bytes:
    """What was laid out. Raises FileNotFoundError where it is not there."""
    with store.opened(ROOM, _key(rows, encoder.name)) as file:
        return file.read()


@lru_cache(maxsize=4)
def _key(rows: NamedRows, encoder: str) -> UUID:
    """What names things with these labels, laid out for an encoder."""
    told = json.dumps([_LAID_OUT, encoder, rows.keys, dict(rows.labels)], ensure_ascii=False)
    return UUID(bytes=hashlib.sha256(told.encode()).digest()[:16])
