"""A taxonomy: what stands above what, how much a skill tells, and the same bytes for the same taxonomy."""

import numpy as np
import pytest

from katalysator.engine.skills import pack, unpack
from tests.talent.taxonomies import esco, small_taxonomy


def test_all_groups_above_a_skill_are_known() -> None:
    above = small_taxonomy().above.toarray()
    assert above[0].tolist() == [True, False, True]
    assert above[3].tolist() == [False, False, True]


def test_what_few_occupations_need_tells_more() -> None:
    taxonomy = small_taxonomy()
    weight = dict(zip(taxonomy.skills.keys, taxonomy.weight, strict=True))
    assert weight["skill/talking"] == pytest.approx(np.log(5 / 5) + 1)
    assert weight["skill/testing"] == pytest.approx(np.log(5 / 2) + 1)


def test_a_label_that_is_missing_is_given_in_a_language_that_has_it_and_says_so() -> None:
    skills = small_taxonomy().skills
    assert skills.called(7, "nl") == ("test software", "en")
    assert skills.called(0, "nl") == ("wonden verzorgen", "nl")


def test_a_taxonomy_comes_back_from_its_bytes_which_are_the_same_each_time() -> None:
    packed = pack(small_taxonomy())
    again = unpack(packed)
    assert pack(again) == packed
    assert again.skills.labels == small_taxonomy().skills.labels
    assert (again.essential.toarray() == small_taxonomy().essential.toarray()).all()


@pytest.mark.parametrize("given", [b"", b"PK\x05\x06" + bytes(18), pack(small_taxonomy())[:300]])
def test_other_bytes_are_no_taxonomy(given: bytes) -> None:
    with pytest.raises(ValueError, match="no packed taxonomy"):
        unpack(given)


def test_esco_is_read_whole() -> None:
    taxonomy = esco()
    assert (len(taxonomy.occupations), len(taxonomy.skills), len(taxonomy.groups)) == (
        3007,
        13896,
        647,
    )
    assert taxonomy.essential.nnz + taxonomy.optional.nnz == 123_788
    assert taxonomy.broader.nnz == 20_656
    assert len(unpack(pack(taxonomy)).skills) == 13_896
