"""What files of a taxonomy become: what is the same for all kinds of files."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from katalysator.cleaning import cleaned, one_line
from katalysator.engine.skills import Taxonomy

_BETWEEN: Final = re.compile(r"[\n|]| / ")

LANGUAGES: Final = ("nl", "en")
"""Those in which occupations and skills are read, the first of them first."""


@dataclass(frozen=True, slots=True)
class TaxonomyFiles:
    """A taxonomy that was read, what its occupations, skills and groups mean, by language and key, and what was noticed.

    `noticed` says by name what did not fit, and was left out: how often, and some examples.
    """

    taxonomy: Taxonomy
    descriptions: Mapping[str, Mapping[str, str]]
    noticed: Mapping[str, Any] = field(default_factory=dict)


def tidy_labels(preferred: str, others: str) -> tuple[str, ...]:
    """The labels in two cells, the preferred one first, each once; none where there is no preferred one."""
    first = one_line(cleaned(preferred))
    if not first:
        return ()
    some = (one_line(each) for each in _BETWEEN.split(cleaned(others)))
    return tuple(dict.fromkeys(filter(None, (first, *some))))


def unlabelled(taxonomy: Taxonomy) -> Mapping[str, Mapping[str, int]]:
    """How many occupations and skills have no label in a language, by language and kind, where there are any."""
    kinds = {"occupations": taxonomy.occupations, "skills": taxonomy.skills}
    counts = {
        name: {kind: sum(not some for some in rows.labels[name]) for kind, rows in kinds.items()}
        for name in LANGUAGES
    }
    return {name: each for name, each in counts.items() if any(each.values())}
