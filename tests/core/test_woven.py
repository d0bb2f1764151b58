"""Texts with holes and parts: kept as a whole, filled for one reader, and taken apart again."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from hypothesis import given, strategies as st

from katalysator.core.packing import PackedPiece
from katalysator.core.personal import TEMPLATE, Hole, ImpersonalRequest
from katalysator.core.woven import KeptText, NamedPart, Strip, Woven, woven
from tests.examples import examples

TEXTS = st.text("aé<", max_size=5)
HOLES = st.builds(Hole, st.sampled_from(["match", TEMPLATE]), st.integers(0, 99))
BUTTONS = st.builds(Hole, st.just("match"), st.integers(0, 99))
PARTS = st.lists(TEXTS | BUTTONS, max_size=4)
PAGES = st.lists(TEXTS | HOLES | PARTS.map(tuple), max_size=8)


def put(request: ImpersonalRequest, pieces: Sequence[Any]) -> Woven:
    """What a template does with them; a tuple is a part, named by its place."""
    text = ""
    with request.apart() as places:
        for number, piece in enumerate(pieces):
            if isinstance(piece, str):
                text += piece
            elif isinstance(piece, Hole):
                text += request.place(piece)
            else:
                text += request.place(NamedPart(bytes([number]), put(request, piece)))
    return woven(text, places)


def flat(pieces: Sequence[Any]) -> str:
    """The page with each hole in figures."""
    return "".join(
        piece
        if isinstance(piece, str)
        else f"[{piece.subject}]"
        if isinstance(piece, Hole)
        else flat(piece)
        for piece in pieces
    )


def filled(kept: KeptText) -> str:
    packed: list[PackedPiece] = []
    for each in kept.items:
        if isinstance(each, Strip):
            packed += each.filled([f"[{hole.subject}]" for _at, hole in each.holes])
        else:
            packed.append(PackedPiece.of(f"[{each.subject}]"))
    return b"".join(each.plain for each in packed).decode()


def request_for_nobody() -> ImpersonalRequest:
    asked = HttpRequest()
    asked.user = AnonymousUser()
    return ImpersonalRequest(asked)


@given(PAGES)
@examples(200)
def test_holes_are_filled_where_they_were_left(pieces: list[Any]) -> None:
    assert filled(KeptText.of(put(request_for_nobody(), pieces))) == flat(pieces)


@given(PAGES)
@examples(200)
def test_the_parts_of_what_is_kept_are_those_it_was_made_of(pieces: list[Any]) -> None:
    made = put(request_for_nobody(), pieces)
    parts = {bytes([n]): each for n, each in enumerate(pieces) if isinstance(each, tuple)}
    found = KeptText.of(made).taken_apart()
    assert found.keys() == parts.keys()
    for name, part in found.items():
        assert filled(KeptText.of(part)) == flat(parts[name])


def test_who_has_nothing_in_the_holes_gets_it_as_it_is_kept() -> None:
    strip = Strip(PackedPiece.of("text"), [(2, Hole("match", 1)), (3, Hole("match", 2))])
    assert list(strip.filled(["", ""])) == [strip.whole]
    assert [each.plain for each in strip.filled(["", "!"])] == [b"tex", b"!", b"t"]
