"""What finding work by titles does for all forms and languages, measured in a job where that takes minutes, and kept."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, Final

from django.utils import timezone

from katalysator import __version__
from katalysator.engine.skills import Taxonomy, share_of
from katalysator.talent.models import TaxonomyVersion, TitleMeasurement
from katalysator.talent.oversight.bias import FindIn, TitleBias, title_bias, titles_tried
from katalysator.talent.taxonomies.current import current_taxonomy
from katalysator.talent.taxonomies.finders import titles_found

_AT_ONCE: Final = 100
"""After so many titles it is kept how far it is, and looked whether it is still wanted."""


class _Unwanted(Exception):  # noqa: N818 — no fault: somebody asked for it anew
    """Another run took the place of this one."""


def measure(number: int, run: int) -> None:
    """Try all titles of the taxonomy in use and keep what came of it, unless another run began or another is used.

    Cost: 20 ms a title.
    """
    taxonomy = current_taxonomy()
    find = titles_found(taxonomy) if taxonomy else None
    mine = TitleMeasurement.objects.filter(pk=number, run=run, runs=True)
    row = mine.first()
    if row is None:
        return
    is_used = TaxonomyVersion.objects.current().filter(digest=row.digest).exists()
    if taxonomy is None or find is None or not is_used:
        mine.update(runs=False)
        return
    mine.update(done=0, of=titles_tried(taxonomy))
    try:
        found = title_bias(taxonomy, _counting(find, lambda done: mine.update(done=done)))
    except _Unwanted:
        return
    mine.update(
        runs=False,
        figures=_as_kept(found),
        engine=__version__,
        measured_at=timezone.now(),
    )


@lru_cache(maxsize=1)
def small_titles(taxonomy: Taxonomy) -> TitleBias | None:
    """What all titles of a small taxonomy find; None where nothing finds them. Cost: a second, once in each process."""
    find = titles_found(taxonomy)
    return title_bias(taxonomy, find) if find else None


def kept_titles(kept: TitleMeasurement) -> TitleBias | None:
    """What was measured last; None before."""
    if not kept.figures:
        return None
    shares = kept.figures["languages"]
    return TitleBias(
        kept.figures["pairs"],
        kept.figures["shared"],
        {name: share_of(*each) if each else None for name, each in shares.items()},
    )


def _counting(find: FindIn, tell: Callable[[int], int]) -> FindIn:
    """The same, which tells how often it was asked. Raises _Unwanted where nobody hears it any more."""
    count = 0

    def counted(title: str, language: str) -> Sequence[int]:
        nonlocal count
        count += 1
        if count % _AT_ONCE == 0 and not tell(count):
            raise _Unwanted
        return find(title, language)

    return counted


def _as_kept(found: TitleBias) -> dict[str, Any]:
    shares = found.languages.items()
    return {
        "pairs": found.pairs,
        "shared": found.shared,
        "languages": {name: [each.hits, each.of] if each else None for name, each in shares},
    }
