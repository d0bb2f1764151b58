"""A thesaurus with concepts of a coalition: whatever reads, scores, explains and finds goes by it."""

import pytest

from katalysator.engine.concepts import (
    bundled_thesaurus,
    check_broader,
    check_labels,
    concept_reader,
    concept_rows,
    with_own,
)
from katalysator.engine.matching import Profile, match, read
from katalysator.engine.search import Document, Marker, read_query, relevance
from katalysator.engine.text import Lexicon, bundled
from katalysator.faults import InvalidInput

OWN = '{"id": "heron", "nl": ["reigerding"], "en": ["heron thing"], "broader": ["robotics"]}'
NEED = Profile("A", "Wij zoeken een reigerding", language="nl")
OFFER = Profile("B", "We offer our heron thing", language="en")


def test_ours_stay_where_they_are_and_own_come_after() -> None:
    known = with_own(OWN)
    assert known.concepts[:-1] == bundled_thesaurus().concepts
    assert known.row["heron"] == len(bundled_thesaurus())


def test_without_any_it_is_ours() -> None:
    assert with_own("\n \n") is with_own("") is bundled_thesaurus()


def test_the_same_lines_are_the_same_thesaurus_laid_out_once() -> None:
    assert with_own(OWN) is with_own(OWN)
    assert concept_reader(with_own(OWN)) is concept_reader(with_own(OWN))


def test_one_of_ours_is_replaced_in_its_place() -> None:
    known = with_own('{"id": "stroke", "nl": ["reigerding"]}')
    assert known.row == bundled_thesaurus().row
    assert known.kept(concept_rows([(("reigerding",), "nl")], known)) == [{"stroke": 1.0}]
    assert known.kept(concept_rows([(("een cva",), "nl")], known)) == [{}]


@pytest.mark.parametrize("offers", [[OFFER], []])
def test_a_market_is_matched_and_explained_by_it(offers: list[Profile]) -> None:
    found = match([NEED], offers, thesaurus=with_own(OWN), embedder=bundled())
    shared = [each.explanation.shared_concepts for each in found.matches]
    assert [[each.concept.key for each in some] for some in shared] == [["heron"]] * len(offers)


def test_a_query_finds_and_marks_by_it() -> None:
    known = with_own(OWN)
    query = read_query("reigerding", bundled(), known)
    document = Document("Heron thing", "", {"heron": 1.0}, 0.0)
    (found,) = relevance(query, [document], Lexicon.empty())  # which knows ours only
    assert found.concepts == 1.0
    assert Marker(query).concepts("A heron thing", "en") == ["heron"]
    wide = read_query("robotics", bundled(), known)
    assert "heron" in wide.telling()


def test_a_lexicon_counts_by_key_and_knows_no_others() -> None:
    known = with_own(OWN)
    found = read([NEED], bundled(), thesaurus=known)
    counted = Lexicon.fit(found.grams, found.counted(known), known)
    assert counted.concept_count("heron") == 1
    assert counted.concept_count("zzz") == 0
    assert Lexicon.empty().concept_count("heron") == 0
    assert counted.concept_rarity("heron") < counted.concept_rarity("zzz")


def test_what_is_said_of_a_concept_is_checked_alike_everywhere() -> None:
    check_labels({"nl": ["reiger"], "en": []})
    check_broader("heron", ["robotics"], with_own(OWN))
    with pytest.raises(InvalidInput) as refused:
        check_broader("robotics", ["heron"], with_own(OWN))
    assert refused.value.where == ("broader",)
