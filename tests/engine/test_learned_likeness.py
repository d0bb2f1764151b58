"""What makes labels alike, learned from labels: what tells things apart counts, what things share does not."""

import numpy as np
import pytest

from katalysator.engine.arrays import Array, Float32Array
from katalysator.engine.skills import BothEncoders, OccupationFinder, learned_likeness
from katalysator.engine.skills.learned_likeness import Likeness, ReadLabels, ReadTexts
from katalysator.engine.text import bundled
from tests.talent.taxonomies import small_taxonomy

THINGS, EACH, TELLING, NOISE = 60, 6, 8, 24


def labels(drawn: np.random.Generator) -> ReadLabels:
    """Labels of things that differ by a few numbers, beside many that say nothing, and louder."""
    row = np.repeat(np.arange(THINGS), EACH)
    own = drawn.normal(size=(THINGS, TELLING))[row]
    loud = 3.0 * drawn.normal(size=(len(row), NOISE))
    vectors = np.hstack([own, loud]).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return ReadLabels(meaning(vectors), row, np.zeros(len(row), np.int8))


def meaning(vectors: Float32Array) -> ReadTexts:
    """Texts of which letters and words say nothing."""
    nothing = np.zeros((len(vectors), 0), np.float32)
    return ReadTexts(vectors, nothing, nothing)


def some(of: ReadLabels, which: Array) -> ReadLabels:
    read = ReadTexts(*(part[which] for part in of.read))
    return ReadLabels(read, of.row[which], of.language[which])


def found(how: Likeness, asked: Float32Array, laid: ReadLabels) -> float:
    """The share of what is asked that is nearest to the middle of its own thing."""
    vectors = how.laid(laid.read)
    middle = np.stack([vectors[laid.row == thing].mean(axis=0) for thing in range(THINGS)])
    middle /= np.linalg.norm(middle, axis=1, keepdims=True)
    near = how.asked(meaning(asked), 0) @ middle.T
    return float((near.argmax(axis=1) == np.arange(THINGS)).mean())


def test_what_tells_things_apart_is_learned_from_labels() -> None:
    known = labels(np.random.default_rng(0))
    asked, rest = known.read.meaning[::EACH], some(known, np.arange(len(known.row)) % EACH > 0)
    learned = Likeness.of(rest, THINGS, 1, 1_000)
    plain = Likeness.plain(asked.shape[1])
    alike = [found(how, asked, rest) for how in (plain, learned)]
    assert alike[1] > alike[0] + 0.1, alike


def test_learning_twice_gives_the_same() -> None:
    known = labels(np.random.default_rng(1))
    one, other = (Likeness.of(known, THINGS, 1, 100) for _ in range(2))
    assert (one.learned == other.learned).all()


def test_each_language_of_enough_labels_learns_from_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(learned_likeness, "_ENOUGH", THINGS)
    known = labels(np.random.default_rng(1))
    of_two = known._replace(language=(np.arange(len(known.row)) % 2).astype(np.int8))
    one, other, unspoken = Likeness.of(of_two, THINGS, 2, 100).learned
    assert (one != other).any()
    assert (unspoken == np.eye(len(unspoken))).all()


def test_a_language_of_few_labels_learns_from_all() -> None:
    known = labels(np.random.default_rng(1))
    of_two = known._replace(language=(np.arange(len(known.row)) % 2).astype(np.int8))
    one, other, _unspoken = Likeness.of(of_two, THINGS, 2, 100).learned
    assert (one == other).all()


def test_a_thing_with_one_label_only_teaches_nothing() -> None:
    known = labels(np.random.default_rng(2))
    alone = known._replace(row=np.arange(len(known.row)))
    assert np.isfinite(Likeness.of(alone, len(alone.row), 1, 300).learned).all()


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


def test_what_is_in_a_language_without_labels_is_compared_by_meaning_alone() -> None:
    known = labels(np.random.default_rng(3))
    some_say, more_say = (np.ones((len(known.row), size), np.float32) for size in (4, 3))
    read = ReadTexts(known.read.meaning, some_say, more_say)
    how = Likeness.of(known._replace(read=read), THINGS, 1, 10)
    asked = how.asked(read, -1)
    assert not asked[:, -7:].any()
    alike = asked[:, :-7] / np.linalg.norm(asked, axis=1, keepdims=True)
    plain = how.turned.T @ (known.read.meaning - how.centre).T
    assert np.allclose(alike, (plain / np.linalg.norm(plain, axis=0)).T, atol=1e-5)


def test_of_few_labels_nothing_is_learned() -> None:
    index = OccupationFinder.of(small_taxonomy(), bundled()).index
    assert index.likeness.is_plain
    asked = bundled().encode(["verpleegkundige"])
    assert np.allclose(index.likeness.asked(meaning(asked), 0), asked, atol=1e-6)


@pytest.mark.usefixtures("learning_from_few")
def test_what_was_learned_from_a_taxonomy_finds_in_it_and_comes_back_from_bytes() -> None:
    taxonomy = small_taxonomy()
    finder = OccupationFinder.of(taxonomy, bundled())
    assert not finder.index.likeness.is_plain
    for asked, language in (("ziekenverzorgster", "nl"), ("nurse", "en"), ("Krankenpfleger", "de")):
        assert taxonomy.occupations.keys[finder.find(asked, language)[0].row] == "occupation/nurse"
    again = OccupationFinder.unpack(finder.pack(), taxonomy, bundled())
    assert again.find("softwareontwikkelaar", "nl") == finder.find("softwareontwikkelaar", "nl")
