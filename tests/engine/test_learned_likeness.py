"""What makes labels alike, learned from labels: what tells things apart counts, what things share does not."""

from dataclasses import replace

import numpy as np
import pytest

from katalysator.engine.arrays import Float32Array, Rows
from katalysator.engine.skills import BothEncoders, OccupationFinder, learned_likeness
from katalysator.engine.skills.learned_likeness import Likeness
from katalysator.engine.text import bundled
from tests.talent.taxonomies import small_taxonomy

THINGS, EACH, TELLING, NOISE = 60, 6, 8, 24


def labels(drawn: np.random.Generator) -> tuple[Float32Array, Rows]:
    """Labels of things that differ by a few numbers, beside many that say nothing, and louder."""
    row = np.repeat(np.arange(THINGS), EACH)
    own = drawn.normal(size=(THINGS, TELLING))[row]
    loud = 3.0 * drawn.normal(size=(len(row), NOISE))
    vectors = np.hstack([own, loud]).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True), row


def found(how: Likeness, asked: Float32Array, laid: Float32Array, row: Rows) -> float:
    """The share of what is asked that is nearest to the middle of its own thing."""
    middle = np.stack([how.laid(laid)[row == thing].mean(axis=0) for thing in range(THINGS)])
    middle /= np.linalg.norm(middle, axis=1, keepdims=True)
    return float(
        ((how.asked(asked, is_spoken=True) @ middle.T).argmax(axis=1) == np.arange(THINGS)).mean()
    )


def test_what_tells_things_apart_is_learned_from_labels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learned_likeness, "_ENOUGH", 10)
    vectors, row = labels(np.random.default_rng(0))
    asked, rest = vectors[::EACH], np.arange(len(row)) % EACH > 0
    learned = Likeness.of(vectors[rest], row[rest], THINGS, 1_000)
    plain = Likeness.plain(vectors.shape[1])
    alike = [found(how, asked, vectors[rest], row[rest]) for how in (plain, learned)]
    assert alike[1] > alike[0] + 0.1, alike


def test_of_few_labels_nothing_is_learned() -> None:
    vectors, row = labels(np.random.default_rng(0))
    how = Likeness.of(vectors, row, THINGS, 1_000)
    assert np.allclose(how.asked(vectors, is_spoken=True), vectors, atol=1e-6)
    assert np.allclose(how.laid(vectors), vectors, atol=1e-6)


def test_learning_twice_gives_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learned_likeness, "_ENOUGH", 10)
    vectors, row = labels(np.random.default_rng(1))
    one, other = (Likeness.of(vectors, row, THINGS, 1_000) for _ in range(2))
    assert (one.learned == other.learned).all()


def test_a_thing_with_one_label_only_teaches_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learned_likeness, "_ENOUGH", 10)
    vectors, _row = labels(np.random.default_rng(2))
    alone = np.arange(len(vectors))
    assert np.isfinite(Likeness.of(vectors, alone, len(alone), 300).learned).all()


def test_both_encoders_are_read_side_by_side_as_one() -> None:
    both = BothEncoders(bundled(), bundled())
    read = both.encode(["verpleegkundige", "kok"])
    assert read.shape == (2, both.dimension)
    assert np.allclose(np.linalg.norm(read, axis=1), 1.0, atol=1e-5)
    assert np.allclose(both.encode([""]), 0.0)


def test_what_both_laid_out_is_found_in_and_is_no_layout_of_one() -> None:
    taxonomy, both = small_taxonomy(), BothEncoders(bundled(), bundled())
    finder = OccupationFinder.of(taxonomy, both)
    asked = "Ik ben al jaren verzorgende in de wijk"
    assert taxonomy.occupations.keys[finder.find(asked, "nl")[0].row] == "occupation/carer"
    again = OccupationFinder.unpack(finder.pack(), taxonomy, both)
    assert again.find(asked, "nl") == finder.find(asked, "nl")
    with pytest.raises(ValueError, match="is needed"):
        OccupationFinder.unpack(finder.pack(), taxonomy, bundled())


def test_what_is_in_a_language_without_labels_is_compared_by_nothing_learned() -> None:
    how = replace(Likeness.plain(2), learned=np.array([[0, 1], [1, 0]], np.float32))
    asked = np.array([[1, 0]], np.float32)
    assert how.asked(asked, is_spoken=True).tolist() == [[0, 1]]
    assert how.asked(asked, is_spoken=False).tolist() == [[1, 0]]
