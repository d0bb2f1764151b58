"""The lexicon: counted over all that was read, each text once."""

from typing import Any

import numpy as np
import pytest

from katalysator.engine.text import Lexicon
from katalysator.listings.models import Kind, Listing
from katalysator.matches.entries import enter
from katalysator.readings.models import LexiconSnapshot, Reading
from katalysator.readings.texts import lexicon, lexicon_is_stale, renew_lexicon
from tests import builders

pytestmark = pytest.mark.django_db


def listing(kind: Kind = Kind.NEED, **fields: Any) -> Listing:
    return builders.listing(builders.organisation(), kind, **fields)


class TestLexicon:
    def test_before_the_first_all_letter_groups_weigh_the_same(self) -> None:
        assert lexicon().texts == 0
        assert len(set(lexicon().weights.tolist())) == 1

    def test_it_counts_what_was_read(self) -> None:
        made = [listing(title="zeehonden", text="zee"), listing(title="zeehonden", text="land")]
        enter(made)
        assert renew_lexicon() == 2
        rows = [np.array(row.grams, np.int32) for row in Reading.objects.order_by("pk")]
        counted, expected = lexicon(), Lexicon.fit(rows, np.zeros(0, np.int32))
        assert counted.texts == 2
        assert (counted.frequency == expected.frequency).all()
        assert counted.frequency.max() == 2

    def test_there_is_one_and_the_newest_is_used(self) -> None:
        enter([listing()])
        renew_lexicon()
        enter([listing(title="b"), listing(title="c")])
        renew_lexicon()
        assert LexiconSnapshot.objects.count() == 1
        assert lexicon().texts == 3

    def test_of_nothing_read_it_is_empty(self) -> None:
        assert renew_lexicon() == 0
        assert lexicon().texts == 0

    def test_it_is_stale_after_a_tenth_more(self) -> None:
        assert not lexicon_is_stale()
        enter([listing()])
        assert lexicon_is_stale()
        renew_lexicon()
        assert not lexicon_is_stale()
        enter([listing(title="b")])
        assert lexicon_is_stale()
        assert not lexicon_is_stale(growth=2.0)
