"""A market of the tests, with a term of every kind."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from katalysator.coalition.blocks import Block
from katalysator.core.terms import Choice, Level, Number, Range, Several, Text
from katalysator.listings import market as registry
from katalysator.listings.market import Market, register


class Tide(Market):
    slug = "tide"
    label = "Tide"
    need_example = "You wait for water."
    offer_example = "You have water."
    blocks = (Block.DATA,)
    phase = Several("Phase", {"ebb": "Ebb", "flood": "Flood"}, hard=True)
    mood = Several("Mood", {"calm": "Calm"})
    depth = Range("Depth", Number(""), ends=("From", "To"), hard=True)
    draught = Number("Draught", unit="m", hard=True)
    quay = Choice("Quay", {"north": "North", "south": "South"}, hard=True, required=False)
    wind = Level(
        "Wind", {"calm": "Calm", "breeze": "Breeze", "gale": "Gale"}, hard=True, required=False
    )
    remark = Text("Remark")


STATED: dict[str, Any] = {
    "phase": ["ebb"],
    "mood": ["calm"],
    "depth": {"min": 3, "max": 7},
    "draught": 4,
    "quay": "north",
    "wind": "breeze",
    "remark": "Mind the gap",
}
"""Something of every term."""


@contextmanager
def registered(market: type[Market]) -> Iterator[None]:
    """A market of the coalition, for a moment."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(registry, "_markets", dict(registry._markets))
        register(market)
        yield
