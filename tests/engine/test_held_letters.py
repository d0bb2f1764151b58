"""The letters of labels: which share of those of a text each thing has, and directions by which parts of words meet."""

import numpy as np

from katalysator.engine.skills.held_letters import HeldLetters

TEXTS = [
    "lasser", "lasinspecteur", "bakker", "banketbakker", "broodbakker", "kok", "hulpkok", "welder",
    "baker", "cook",
]  # fmt: skip
ROW = np.array([0, 0, 1, 1, 1, 2, 2, 0, 1, 2])


def test_a_thing_has_all_letters_of_its_own_label_and_none_of_other_words() -> None:
    shares = HeldLetters.of(TEXTS, ROW, 3).share("kok")
    assert np.allclose(shares, [0.0, 0.0, 1.0])


def test_a_text_without_letters_has_no_share_in_anything() -> None:
    assert not HeldLetters.of(TEXTS, ROW, 3).share("").any()


def test_without_directions_nothing_is_told_along_them() -> None:
    letters = HeldLetters.of(TEXTS, ROW, 3)
    assert letters.along(["kok"]).shape == (1, 0)
    assert letters.of_labels(TEXTS, ROW).shape == (len(TEXTS), 0)


def test_a_label_that_others_of_its_thing_hold_whole_is_told_as_any_text() -> None:
    texts, row = [*TEXTS, "kok"], np.append(ROW, 2)
    letters = HeldLetters.of(texts, row, 3).with_directions()
    assert np.allclose(letters.of_labels(texts, row)[-1], letters.along(["kok"])[0], atol=1e-4)


def test_a_label_counts_nothing_for_its_own_thing_that_no_other_label_of_it_holds() -> None:
    texts, row = [*TEXTS, "zeeman"], np.append(ROW, 1)
    letters = HeldLetters.of(texts, row, 3).with_directions()
    assert letters.along(["zeeman"]).any()
    assert np.allclose(letters.of_labels(texts, row)[-1], 0.0, atol=1e-3)


def test_the_same_labels_give_the_same_directions() -> None:
    one, other = (HeldLetters.of(TEXTS, ROW, 3).with_directions() for _ in range(2))
    assert (one.directions == other.directions).all()
