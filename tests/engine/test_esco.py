"""Skills of ESCO beside a thesaurus: what is taken, and what is left out and why."""

import pytest

from katalysator.engine.concepts import (
    LeftOut,
    Skill,
    bundled_thesaurus,
    concept_rows,
    esco_concepts,
    with_own,
)
from katalysator.engine.concepts.thesaurus import Concept, Thesaurus

OURS = Thesaurus.of([Concept("robot", {"en": ("robot", "grip arm"), "nl": ("grijpende arm",)})])


def taken(beside: Thesaurus = OURS, **labels: list[str]) -> dict[str, tuple[str, ...]] | LeftOut:
    """The labels of a skill that are taken, or why it is left out."""
    found = esco_concepts([Skill("esco-1", labels)], beside)
    assert len(found.concepts) + sum(found.skills_left_out.values()) == 1
    return dict(found.concepts[0].labels) if found.concepts else next(iter(found.skills_left_out))


def labels_left_out(*labels: str) -> dict[LeftOut, int]:
    return dict(esco_concepts([Skill("esco-1", {"en": labels})], OURS).labels_left_out)


def test_a_skill_is_a_concept_with_its_labels_and_nothing_above() -> None:
    (concept,) = esco_concepts([Skill("esco-1", {"en": ["tame herons"]})], OURS).concepts
    assert concept == Concept("esco-1", {"en": ("tame herons",)})


def test_no_label_is_made_for_a_language_that_has_none() -> None:
    assert taken(en=["tame herons"], nl=[]) == {"en": ("tame herons",)}


def test_of_labels_that_are_read_alike_the_first_is_kept() -> None:
    assert taken(en=["tame herons", "taming of herons", "tame the heron"]) == {
        "en": ("tame herons", "taming of herons")
    }
    assert labels_left_out("tame herons", "tame the heron") == {LeftOut.ALIKE: 1}


@pytest.mark.parametrize("name", ["robot", "robots", "grip arms"])
def test_a_skill_that_is_called_as_a_concept_of_ours_is_left_out(name: str) -> None:
    assert taken(en=[name, "grasping machine"]) is LeftOut.OURS
    assert taken(en=["grasping machine"], nl=["grijpende armen"]) is LeftOut.OURS


def test_another_label_that_stands_in_ours_is_left_out() -> None:
    assert taken(en=["tame herons", "grip arm"]) == {"en": ("tame herons",)}
    assert labels_left_out("tame herons", "grip arm") == {LeftOut.OURS: 1}


@pytest.mark.parametrize("word", ["clean", "Planning", "geology", "SPARK"])
def test_one_ordinary_word_is_no_name(word: str) -> None:
    assert taken(en=[word]) is LeftOut.ORDINARY
    assert taken(en=["tame herons", word]) == {"en": ("tame herons",)}


@pytest.mark.parametrize("word", ["sophrology", "TypeScript"])
def test_one_word_that_no_dictionary_has_is_a_name(word: str) -> None:
    """Nor has any with a capital within."""
    assert taken(en=[word]) == {"en": (word,)}


def test_a_language_whose_name_is_left_out_has_no_labels() -> None:
    """Else a skill would be shown by a name that is not its own."""
    assert taken(en=["clean", "keep things shiny"], nl=["reigers temmen"]) == {
        "nl": ("reigers temmen",)
    }


@pytest.mark.parametrize("name", ["?", "C#", "a heron " * 20])
def test_what_is_too_short_or_too_long_for_a_label_is_none(name: str) -> None:
    assert taken(en=[name]) is LeftOut.LENGTH


def test_a_skill_without_labels_is_left_out() -> None:
    assert taken(en=[]) is LeftOut.LENGTH


def test_twenty_labels_of_a_language_are_enough() -> None:
    labels = [f"tame heron number {n}" for n in range(100, 125)]
    assert taken(en=labels) == {"en": tuple(labels[:20])}
    assert labels_left_out(*labels) == {LeftOut.MANY: 5}


def test_what_is_taken_is_found_beside_ours() -> None:
    assert isinstance(taken(bundled_thesaurus(), en=["tame herons"]), dict)
    known = with_own('{"id": "esco-1", "en": ["tame herons"], "nl": ["reigers temmen"]}')
    texts = [(("We can tame a heron",), "en"), (("Wij temmen reigers en robots",), "nl")]
    found = known.kept(concept_rows(texts, known))
    assert "esco-1" in found[0]
