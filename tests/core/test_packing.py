"""Pieces that are compressed one by one make a file that anybody can read."""

import gzip

from hypothesis import given, strategies as st

from katalysator.core.packing import PackedPiece, gzipped
from tests.examples import examples

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=200) | st.sampled_from(
    ["<p>" * 30_000, "é" * 40_000]
)


@given(texts=st.lists(st.tuples(TEXTS, st.booleans()), max_size=8))
@examples(100)
def test_they_are_one_text(texts: list[tuple[str, bool]]) -> None:
    pieces = [PackedPiece.short(text) if short else PackedPiece.of(text) for text, short in texts]
    whole = "".join(text for text, _short in texts).encode()
    assert b"".join(each.plain for each in pieces) == whole
    assert gzip.decompress(gzipped(pieces)) == whole


def test_the_size_of_a_short_one_does_not_tell_what_it_says() -> None:
    assert len(PackedPiece.short("a" * 64).packed) == len(PackedPiece.short("x7Kq" * 16).packed)


def test_the_same_pieces_are_as_large_as_chance_has_it() -> None:
    assert len({len(gzipped([PackedPiece.of("text")])) for _ in range(50)}) > 5
