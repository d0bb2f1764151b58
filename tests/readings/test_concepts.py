"""Concepts of the coalition: who may say them, what is refused, and what the thesaurus becomes."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django.fixtures import DjangoAssertNumQueries

from katalysator.core import audit
from katalysator.core.models import Event
from katalysator.engine.concepts import bundled_thesaurus
from katalysator.faults import Conflict, InvalidInput, NotAllowed, Refused
from katalysator.readings import verbs
from katalysator.readings.models import CoalitionConcept, LexiconSnapshot
from katalysator.readings.texts import lexicon, renew_lexicon, use_new_concepts
from katalysator.readings.thesaurus import newest_thesaurus, thesaurus_with
from katalysator.readings.verbs import ConceptContent
from tests import builders

pytestmark = pytest.mark.django_db

TWIN: dict[str, Any] = {"nl": ["zwaluwtweeling"], "en": ["swallow twin"], "broader": ["simulation"]}


def added(**changes: Any) -> CoalitionConcept:
    return verbs.add_concept(ConceptContent(**(TWIN | changes)), by=builders.HOUSE)


def refusal(**changes: Any) -> InvalidInput:
    with pytest.raises(InvalidInput) as refused:
        added(**changes)
    assert not Event.objects.exists()
    assert refused.value.hint
    return refused.value


class TestAdding:
    def test_its_key_comes_of_its_first_label(self) -> None:
        assert added().key == "swallow-twin"
        assert added(en=[], nl=["Één ding"]).key == "een-ding"

    def test_labels_are_kept_in_single_lines_each_once(self) -> None:
        row = added(nl=[" zwaluw \n tweeling ", "zwaluw tweeling", "", "  "])
        assert row.nl == ["zwaluw tweeling"]

    def test_it_is_written_down_with_who_did_it(self) -> None:
        person = builders.person(is_coordinator=True)
        row = verbs.add_concept(ConceptContent(**TWIN), by=person)
        event = Event.objects.get(verb="concept.add")
        assert (event.actor, event.subject_id) == (person.pk, str(row.pk))
        assert event.after == {"key": "swallow-twin", **TWIN}
        assert not audit.verify().broken

    def test_only_the_bureau_may(self) -> None:
        row = added()
        for person in (builders.person(), builders.person(builders.organisation())):
            with pytest.raises(NotAllowed):
                verbs.add_concept(ConceptContent(en=["heron"]), by=person)
            with pytest.raises(NotAllowed):
                verbs.remove_concept(row, by=person)

    def test_one_with_the_key_of_ours_stands_in_its_place(self) -> None:
        assert added(en=["stroke"], nl=["cva-tje"], broader=[]).key in bundled_thesaurus().row
        known = newest_thesaurus()
        assert len(known) == len(bundled_thesaurus())
        assert known["stroke"].labels["nl"] == ("cva-tje",)

    def test_the_same_again_is_refused(self) -> None:
        added()
        with pytest.raises(Conflict, match="swallow-twin"):
            added(nl=["iets anders"])

    def test_one_that_was_removed_may_be_added_again(self) -> None:
        verbs.remove_concept(added(), by=builders.HOUSE)
        assert added(nl=["anders"]).nl == ["anders"]
        assert CoalitionConcept.objects.count() == 1


class TestRefusals:
    @pytest.mark.parametrize(
        ("changes", "place"),
        [
            ({"nl": [], "en": ["  "]}, "nl"),
            ({"nl": ["a"]}, "nl"),
            ({"en": ["-a-"]}, "en"),
            ({"en": [f"label {n}" for n in range(21)]}, "en"),
            ({"nl": ["a" * 101]}, "nl"),
            ({"en": ["数字"]}, "en"),
            ({"broader": ["nothing-here"]}, "broader"),
            ({"broader": ["swallow-twin"]}, "broader"),
        ],
    )
    def test_a_refusal_says_where(self, changes: dict[str, Any], place: str) -> None:
        assert refusal(**changes).where == (place,)

    def test_twenty_labels_are_not_too_many(self) -> None:
        assert len(added(en=[f"label {n}" for n in range(20)]).en) == 20

    def test_a_circle_is_refused_however_long(self) -> None:
        one = added()
        added(en=["second twin"], broader=["swallow-twin"])
        added(en=["third twin"], broader=["second-twin"])
        with pytest.raises(InvalidInput, match="narrower") as refused:
            verbs.change_concept(
                one, ConceptContent(en=["x-ray twin"], broader=["third-twin"]), by=builders.HOUSE
            )
        assert refused.value.code == "concept-circle"

    def test_ours_cannot_be_put_under_what_is_narrower(self) -> None:
        narrow = next(each for each in bundled_thesaurus().concepts if each.broader)
        above = bundled_thesaurus()[narrow.broader[0]]
        row = CoalitionConcept.objects.create(key=above.key, en=[above.key])
        with pytest.raises(InvalidInput):
            verbs.change_concept(
                row, ConceptContent(en=[above.key], broader=[narrow.key]), by=builders.HOUSE
            )

    def test_the_database_wants_a_label(self) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            CoalitionConcept.objects.create(key="empty")


class TestRemoving:
    def test_it_is_gone_and_comes_back_as_it_was(self) -> None:
        row = verbs.remove_concept(added(), by=builders.HOUSE)
        assert "swallow-twin" not in newest_thesaurus().row
        verbs.restore_concept(row, by=builders.HOUSE)
        assert newest_thesaurus()["swallow-twin"].labels["nl"] == ("zwaluwtweeling",)

    def test_what_is_gone_is_not_changed_or_removed_again(self) -> None:
        row = verbs.remove_concept(added(), by=builders.HOUSE)
        with pytest.raises(Conflict):
            verbs.remove_concept(row, by=builders.HOUSE)
        with pytest.raises(Conflict):
            verbs.change_concept(row, ConceptContent(en=["twin"]), by=builders.HOUSE)

    def test_what_is_there_is_not_put_back(self) -> None:
        with pytest.raises(Conflict):
            verbs.restore_concept(added(), by=builders.HOUSE)

    def test_one_that_another_names_as_broader_stays(self) -> None:
        row = added()
        added(en=["second twin"], broader=["swallow-twin"])
        with pytest.raises(Conflict, match="second-twin"):
            verbs.remove_concept(row, by=builders.HOUSE)

    def test_one_in_place_of_ours_goes_and_ours_is_back(self) -> None:
        row = added(en=["stroke"], broader=[])
        added(en=["small stroke"], broader=["stroke"])
        verbs.remove_concept(row, by=builders.HOUSE)
        assert newest_thesaurus()["stroke"] == bundled_thesaurus()["stroke"]


def many(count: int, **changes: Any) -> dict[str, ConceptContent]:
    numbers = range(count)
    return {
        f"heron-{n}": ConceptContent(**({"en": [f"heron thing {n}"]} | changes)) for n in numbers
    }


class TestMany:
    """Concepts of a file: by the keys that stand there, all of them or none."""

    def test_each_is_there_with_its_own_event(self) -> None:
        verbs.add_concepts(many(3), by=builders.HOUSE)
        assert newest_thesaurus()["heron-2"].labels == {"en": ("heron thing 2",)}
        events = Event.objects.filter(verb="concept.add").order_by("pk")
        assert [event.after["key"] for event in events] == ["heron-0", "heron-1", "heron-2"]
        row = CoalitionConcept.objects.get(key="heron-0")
        assert events[0].subject_id == str(row.pk)
        assert not audit.verify().broken

    def test_they_may_stand_under_each_other(self) -> None:
        narrow = {"heron-chick": ConceptContent(en=["heron chick"], broader=["heron-0"])}
        verbs.add_concepts(narrow | many(1, broader=["robotics"]), by=builders.HOUSE)
        assert newest_thesaurus().with_broader(["heron-chick"]) >= {"heron-0", "robotics"}

    def test_one_that_was_removed_comes_back_as_it_is_now(self) -> None:
        verbs.remove_concept(added(), by=builders.HOUSE)
        verbs.add_concepts({"swallow-twin": ConceptContent(en=["twin"])}, by=builders.HOUSE)
        assert newest_thesaurus()["swallow-twin"].labels == {"en": ("twin",)}
        assert CoalitionConcept.objects.count() == 1

    def test_all_that_is_wrong_is_named_by_key_and_nothing_is_added(self) -> None:
        added()
        wrong = {
            "swallow-twin": ConceptContent(en=["again"]),
            "Not a key": ConceptContent(en=["heron"]),
            "k" * 61: ConceptContent(en=["heron"]),
            "empty": ConceptContent(),
            "lost": ConceptContent(en=["heron"], broader=["nowhere"]),
            "round": ConceptContent(en=["heron"], broader=["about"]),
            "about": ConceptContent(en=["heron"], broader=["round"]),
        }
        with pytest.raises(Refused) as refused:
            verbs.add_concepts(many(2) | wrong, by=builders.HOUSE)
        assert [each.where[0] for each in refused.value.problems] == list(wrong)
        assert all(each.hint for each in refused.value.problems)
        assert CoalitionConcept.objects.count() == Event.objects.count() == 1

    def test_texts_are_read_again_once(self) -> None:
        verbs.add_concepts(many(3), by=builders.HOUSE)
        jobs = ProcrastinateJob.objects.filter(task_name="matches.read_concepts")
        assert jobs.count() == 1

    @pytest.mark.parametrize("count", [2, 900])
    def test_it_takes_as_many_queries_for_two_as_for_many(
        self, count: int, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_max_num_queries(14):
            verbs.add_concepts(many(count), by=builders.HOUSE)
        with django_assert_max_num_queries(14):
            verbs.remove_concepts(list(many(count)), by=builders.HOUSE)

    def test_those_that_are_there_are_removed_and_counted(self) -> None:
        verbs.add_concepts(many(2), by=builders.HOUSE)
        assert verbs.remove_concepts(["heron-0", "heron-1", "crow"], by=builders.HOUSE) == 2
        assert verbs.remove_concepts(["heron-0"], by=builders.HOUSE) == 0
        assert newest_thesaurus() is bundled_thesaurus()
        events = Event.objects.filter(verb="concept.remove")
        assert {event.before["key"] for event in events} == {"heron-0", "heron-1"}
        assert not audit.verify().broken

    def test_none_is_removed_where_one_that_stays_names_it_as_broader(self) -> None:
        verbs.add_concepts(many(2), by=builders.HOUSE)
        added(broader=["heron-1"])
        with pytest.raises(Refused, match="swallow-twin") as refused:
            verbs.remove_concepts(["heron-0", "heron-1"], by=builders.HOUSE)
        assert [each.where for each in refused.value.problems] == [("heron-1",)]
        assert not CoalitionConcept.objects.filter(is_removed=True).exists()

    def test_those_that_go_together_may_name_each_other(self) -> None:
        narrow = {"heron-chick": ConceptContent(en=["heron chick"], broader=["heron-0"])}
        verbs.add_concepts(narrow | many(1), by=builders.HOUSE)
        assert verbs.remove_concepts(["heron-0", "heron-chick"], by=builders.HOUSE) == 2


class TestThesaurus:
    def test_without_concepts_of_its_own_it_is_ours(self) -> None:
        assert newest_thesaurus() is bundled_thesaurus()
        assert lexicon().thesaurus is bundled_thesaurus()

    def test_it_is_laid_out_once(self) -> None:
        added()
        assert newest_thesaurus() is newest_thesaurus()

    def test_texts_are_read_by_the_old_one_until_the_new_one_is_taken_up(self) -> None:
        renew_lexicon()
        added()
        assert "swallow-twin" not in lexicon().thesaurus.row
        use_new_concepts()
        assert "swallow-twin" in lexicon().thesaurus.row
        assert LexiconSnapshot.objects.count() == 1

    def test_it_is_taken_up_before_anything_was_counted(self) -> None:
        added()
        use_new_concepts()
        assert "swallow-twin" in lexicon().thesaurus.row

    def test_the_table_and_what_is_taken_up_of_it_are_one(self) -> None:
        added()
        renew_lexicon()
        assert lexicon().thesaurus is newest_thesaurus()
        assert list(newest_thesaurus()["swallow-twin"].labels) == ["nl", "en"]

    def test_lines_of_the_same_content_are_the_same_thesaurus(self) -> None:
        line = {"id": "x", "en": ["heron"], "nl": [], "broader": []}
        assert thesaurus_with([line]) is thesaurus_with([dict(line)])
