"""A taxonomy that is small enough to reckon by hand, and ESCO where it is at hand."""

from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
import pytest

from katalysator.engine.skills import NamedRows, Taxonomy, links
from katalysator.talent.taxonomies.reading import read_taxonomy

_ESCO: Final = Path(__file__).parents[3] / "shared" / "data" / "esco"


def small_taxonomy() -> Taxonomy:
    """Four occupations, eight skills and three groups, with labels in Dutch and English, one of them English alone.

    A nurse and a carer need much of the same, a data analyst and a programmer likewise, and communicating is for all.
    """
    occupations = NamedRows(
        ("occupation/nurse", "occupation/carer", "occupation/analyst", "occupation/programmer"),
        {
            "nl": [
                ("verpleegkundige", "ziekenverzorger", "ziekenverzorgster"),
                ("verzorgende",),
                ("data-analist", "analist van gegevens"),
                ("programmeur", "softwareontwikkelaar"),
            ],
            "en": [
                ("nurse",),
                ("carer", "care worker"),
                ("data analyst",),
                ("programmer", "developer"),
            ],
        },
    )
    skills = NamedRows(
        tuple(
            f"skill/{name}"
            for name in (
                "wounds",
                "medicine",
                "washing",
                "talking",
                "statistics",
                "python",
                "sql",
                "testing",
            )
        ),
        {
            "nl": [
                ("wonden verzorgen",),
                ("medicijnen toedienen",),
                ("mensen wassen",),
                ("communiceren", "praten met mensen"),
                ("statistiek",),
                ("Python",),
                ("SQL", "databases bevragen"),
                (),
            ],
            "en": [
                ("care for wounds",),
                ("administer medicine",),
                ("wash people",),
                ("communicate",),
                ("statistics",),
                ("Python",),
                ("SQL", "query databases"),
                ("test software",),
            ],
        },
    )
    groups = NamedRows(
        ("group/care", "group/data", "group/all"),
        {
            "nl": [("verzorgen",), ("werken met gegevens",), ("alles",)],
            "en": [("caring",), ("working with data",), ("all",)],
        },
    )
    essential = [(0, 0), (0, 1), (0, 3), (1, 2), (1, 3), (2, 3), (2, 4), (2, 6), (3, 5), (3, 7)]
    optional = [(0, 2), (1, 0), (2, 5), (3, 6), (3, 3)]
    broader = [(0, 8), (1, 8), (2, 8), (4, 9), (5, 9), (6, 9), (7, 9), (3, 10), (8, 10), (9, 10)]
    return Taxonomy(
        "small",
        "1",
        occupations,
        skills,
        groups,
        ("2221", "5322", "2511", "2512"),
        links(np.array(essential).T, (4, 8)),
        links(np.array(optional).T, (4, 8)),
        links(np.array(broader).T, (11, 11)),
        np.array([False, False, False, False, True, True, True, False]),
    )


@cache
def esco() -> Taxonomy:
    """ESCO 1.1.1; the test is skipped where its tables are not at hand."""
    if not _ESCO.exists():
        pytest.skip("the tables of ESCO are not at hand")
    return read_taxonomy([_ESCO], "1.1.1").taxonomy
