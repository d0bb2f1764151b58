"""Lists of people for work: evidence first, decided by people, made again, and objected to."""

from collections.abc import Sequence

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from katalysator.coalition.verbs import erase
from katalysator.core import audit
from katalysator.core.models import Event
from katalysator.core.personal_data import held_of
from katalysator.faults import Conflict, InvalidInput, KatalysatorError, NotAllowed
from katalysator.talent.models import (
    Consultation,
    ConsultedPerson,
    ListStop,
    Objection,
    TaxonomyVersion,
    TitleMeasurement,
)
from katalysator.talent.oversight import replay, verbs
from katalysator.talent.oversight.bias import bias_report, title_bias
from katalysator.talent.oversight.tasks import tell_bureau, tell_invited, tell_objector
from katalysator.talent.oversight.titles import kept_titles, measure
from katalysator.talent.taxonomies import current
from katalysator.talent.taxonomies.finders import titles_found
from tests import builders
from tests.attack.steps import inside
from tests.talent.lists import WHY, candidates, consultation, first_of, used_taxonomy
from tests.talent.taxonomies import small_taxonomy

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_kept_taxonomy() -> None:
    current.taxonomy_by.cache_clear()


def test_a_list_says_what_people_have_and_lack_and_keeps_of_what_it_was_made() -> None:
    made = consultation()
    best = first_of(made)
    assert best.has == ["skill/statistics", "skill/sql"]
    assert best.lacks == ["skill/talking"]
    assert 0 < best.per_cent < 100
    event = Event.objects.get(verb="consultation.make")
    assert event.chain == verbs.CHAIN
    assert event.after["input_digest"] == made.input_digest
    assert event.after["people"] == 3
    assert audit.verify().broken == []


def test_a_list_is_for_an_occupation_that_is_known_and_of_people_who_let_look() -> None:
    with pytest.raises(InvalidInput, match="not an occupation"):
        consultation(occupation="tovenaar")
    with pytest.raises(Conflict, match="Nobody lets"):
        consultation(people=[])
    TaxonomyVersion.objects.update(is_current=False)
    owner = builders.organisation()
    with pytest.raises(Conflict, match="No taxonomy"):
        verbs.consult(
            owner, by=builders.person(owner), purpose="job", opening="x", occupation="nurse",
            candidates=candidates(["talking"]),
        )  # fmt: skip


def test_nobody_makes_a_list_for_another_organisation() -> None:
    for person in (builders.person(builders.organisation()), builders.person(is_coordinator=True)):
        with pytest.raises(NotAllowed):
            consultation(builders.organisation(), by=person)


def test_more_people_than_somebody_can_look_at_are_no_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verbs, "MOST_PEOPLE", 1)
    with pytest.raises(Conflict, match="2 people"):
        consultation(people=candidates(["sql"], ["talking"]))


def test_made_again_a_list_is_identical() -> None:
    made = consultation()
    found = verbs.replay(made, by=builders.person(is_coordinator=True))
    assert found.is_same
    assert found.codes == ()
    assert Event.objects.get(verb="consultation.replay").after["same"] is True


def test_what_is_otherwise_is_told_when_a_list_is_made_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made, bureau = consultation(), builders.person(is_coordinator=True)
    best = first_of(made)
    ConsultedPerson.objects.filter(pk=best.pk).update(held={})
    found = verbs.replay(made, by=bureau)
    assert found.codes == ("input", "lines")
    assert best.key in found.moved
    ConsultedPerson.objects.filter(pk=best.pk).update(held=best.held, gained=1)
    assert verbs.replay(made, by=bureau).codes == ("kept",)
    ConsultedPerson.objects.filter(pk=best.pk).update(gained=best.gained)
    monkeypatch.setattr(replay, "METHOD", "another")
    assert verbs.replay(made, by=bureau).codes == ("method",)
    monkeypatch.undo()
    monkeypatch.setattr(replay, "__version__", "99")
    assert verbs.replay(made, by=bureau).is_same
    TaxonomyVersion.objects.all().delete()
    current.taxonomy_by.cache_clear()
    gone = verbs.replay(made, by=bureau)
    assert "taxonomy-gone" in gone.codes
    assert not gone.is_same
    assert all(gone.sentences)


def test_only_the_bureau_lets_a_list_be_made_again() -> None:
    made = consultation()
    with pytest.raises(NotAllowed):
        verbs.replay(made, by=builders.person(made.organisation))


def test_a_decision_is_a_persons_deed_with_a_reason() -> None:
    made = consultation()
    row, person = first_of(made), builders.person(made.organisation)
    with pytest.raises(InvalidInput, match="Say why"):
        verbs.decide(row, "no", by=person, reason="nee")
    with pytest.raises(InvalidInput):
        verbs.decide(row, "sure", by=person, reason=WHY)
    with pytest.raises(InvalidInput):
        verbs.decide(row, "", by=person, reason=WHY)
    with pytest.raises(Conflict, match="Only a person"):
        verbs.decide(row, "no", by=builders.HOUSE, reason=WHY)
    with pytest.raises(NotAllowed):
        verbs.decide(row, "no", by=builders.person(builders.organisation()), reason=WHY)
    decided = verbs.decide(row, "no", by=person, reason=WHY)
    assert (decided.decision, decided.reason) == ("no", WHY)
    assert WHY not in str(Event.objects.filter(verb="consulted.decide").values())


def test_who_is_invited_gets_a_letter_and_nobody_their_address() -> None:
    made = consultation()
    row, decider = first_of(made), builders.person(made.organisation)
    verbs.decide(row, "invite", by=decider, reason=WHY)
    mail.outbox.clear()
    tell_invited(row.pk)
    (letter,) = mail.outbox
    assert letter.to == [row.person.email if row.person else ""]
    assert letter.extra_headers["Reply-To"] == decider.email
    assert WHY in letter.body


def test_figures_are_shown_when_asked_for_and_that_is_written_down() -> None:
    made = consultation()
    verbs.show_scores(made, by=builders.person(made.organisation))
    assert Event.objects.filter(verb="consultation.show-scores").count() == 1
    made.refresh_from_db()
    assert made.scores_at


def test_the_bureau_switches_lists_off_and_on_with_a_reason() -> None:
    made, bureau = consultation(), builders.person(is_coordinator=True)
    with pytest.raises(Conflict, match="not switched off"):
        verbs.resume(by=bureau, reason=WHY)
    with pytest.raises(InvalidInput):
        verbs.stop(by=bureau, reason="x")
    with pytest.raises(NotAllowed):
        verbs.stop(by=builders.person(made.organisation), reason=WHY)
    verbs.stop(by=bureau, reason=WHY)
    with pytest.raises(Conflict, match="already"):
        verbs.stop(by=bureau, reason=WHY)
    person = builders.person(made.organisation)
    for refused in (
        lambda: verbs.decide(first_of(made), "no", by=person, reason=WHY),
        lambda: verbs.show_scores(made, by=person),
        consultation,
    ):
        with pytest.raises(Conflict, match="switched lists of people off"):
            refused()
    verbs.resume(by=bureau, reason=WHY)
    assert ListStop.objects.now() is None
    verbs.decide(first_of(made), "no", by=person, reason=WHY)


def test_who_stood_in_a_list_objects_and_the_bureau_answers_with_a_reason() -> None:
    made, bureau = consultation(), builders.person(is_coordinator=True)
    row = first_of(made)
    assert row.person
    with pytest.raises(NotAllowed):
        verbs.object_to(row, by=bureau, text="Dit klopt niet.")
    with pytest.raises(InvalidInput):
        verbs.object_to(row, by=row.person, text=" ")
    objection = verbs.object_to(row, by=row.person, text="Ik ken statistiek ook.")
    with pytest.raises(Conflict, match="objected already"):
        verbs.object_to(row, by=row.person, text="Nog eens.")
    assert (objection.due - localdate(objection.made_at)).days in (27, 28)
    with pytest.raises(Conflict):
        verbs.move_objection(objection, "uphold", by=bureau, answer=WHY)
    with pytest.raises(NotAllowed):
        verbs.move_objection(objection, "look", by=builders.person(made.organisation))
    verbs.move_objection(objection, "look", by=bureau)
    with pytest.raises(InvalidInput):
        verbs.move_objection(objection, "reject", by=bureau, answer="nee")
    done = verbs.move_objection(objection, "uphold", by=bureau, answer=WHY)
    assert (done.state, done.answer, done.is_open) == ("upheld", WHY, False)
    mail.outbox.clear()
    tell_objector(objection.pk)
    assert WHY in mail.outbox[0].body
    tell_bureau(objection.pk)  # nothing waits any more
    assert len(mail.outbox) == 1


def test_the_bureau_hears_of_an_objection() -> None:
    row = first_of(consultation())
    assert row.person
    objection = verbs.object_to(row, by=row.person, text="Ik ken statistiek ook.")
    builders.person(is_coordinator=True)
    mail.outbox.clear()
    tell_bureau(objection.pk)
    assert "objections" in mail.outbox[0].body or "/talent/" in mail.outbox[0].body


def test_of_who_is_erased_no_skill_and_no_word_stays_and_the_list_cannot_be_made_again() -> None:
    made = consultation()
    row = first_of(made)
    assert row.person
    verbs.decide(row, "no", by=builders.person(made.organisation), reason=WHY)
    assert held_of(row.person)["lists-about-me"][0]["reason"] == WHY
    erase(row.person, by=builders.HOUSE)
    row.refresh_from_db()
    assert (row.person_id, row.held, row.has, row.lacks, row.reason) == (None, {}, [], [], "")
    assert row.decision == "no"
    found = verbs.replay(made, by=builders.person(is_coordinator=True))
    assert found.codes == ("erased",)
    with pytest.raises(Conflict, match="not here any more"):
        verbs.decide(row, "later", by=builders.person(made.organisation), reason=WHY)


def test_what_people_tell_of_themselves_is_told_of_ten_and_more() -> None:
    owner = builders.organisation()
    made = consultation(owner, people=candidates(*(["statistics"] for _each in range(40))))
    decider = builders.person(owner)
    for place, row in enumerate(made.people.order_by("pk")):
        assert row.person
        group = "woman" if place < 20 else "man" if place < 39 else "other"
        verbs.volunteer(row.person, by=row.person, gender=group)
        verbs.decide(row, "invite" if place % 2 else "later", by=decider, reason=WHY)
    found = bias_report(lambda _title, _language: [0], small_taxonomy())
    women = found.groups["gender"]["woman"]
    assert women
    assert (women.share.hits, women.share.of) == (10, 20)
    assert found.groups["gender"]["man"] is None  # nine were invited
    assert found.groups["gender"]["other"] is None
    assert found.worst["gender"] == "woman"
    assert found.titles
    assert (found.titles.pairs, found.titles.shared) == (1, 1)
    verbs.volunteer(decider, by=decider)
    assert held_of(decider)["volunteered-group"] == []


def test_pages_show_people_by_keys_and_no_figure_that_was_not_asked_for(client: Client) -> None:
    made = consultation()
    viewer = builders.person(made.organisation)
    client.force_login(viewer)
    page = client.get(f"/en/talent/lists/{made.pk}/").content.decode()
    row = first_of(made)
    assert row.key in page
    assert "statistiek" not in page.split("<main")[0]
    assert "in percent" not in page
    assert row.person
    assert row.person.email not in page
    decided = client.post(
        f"/en/talent/lists/{made.pk}/{row.key}/decide/", {"decision": "invite", "reason": WHY}
    )
    assert decided.status_code == 302
    assert client.post(f"/en/talent/lists/{made.pk}/figures/").status_code == 302
    assert (
        "in percent" in client.get(f"/en/talent/lists/{made.pk}/?order=evidence").content.decode()
    )
    client.force_login(row.person)
    mine = client.get("/en/talent/lists-about-me/").content.decode()
    assert WHY in mine
    assert "Analist gezocht" in mine
    sent = client.post(f"/en/talent/lists-about-me/{row.pk}/object/", {"text": "Dit klopt niet."})
    assert sent.status_code == 302
    bureau = builders.person(is_coordinator=True)
    client.force_login(bureau)
    assert client.get(f"/en/talent/lists/{made.pk}/").status_code == 404
    objection = Objection.objects.get()
    assert "Objection" in client.get("/en/talent/oversight/").content.decode()
    address = f"/en/talent/oversight/objections/{objection.pk}/"
    assert client.get(address).status_code == 200
    assert client.post(address, {"deed": "look"}).status_code == 302
    assert client.post(address, {"deed": "reject", "answer": "x"}).status_code == 422
    assert client.post(address, {"deed": "reject", "answer": WHY}).status_code == 302
    again = client.post("/en/talent/oversight/replay/", {"number": made.pk})
    assert "identical" in again.content.decode()
    assert client.post("/en/talent/oversight/replay/", {"number": 999_999}).status_code == 302
    assert client.get("/en/talent/oversight/bias/").status_code == 200


def test_the_pages_ask_as_much_of_few_as_of_many(client: Client) -> None:
    owner = builders.organisation()
    viewer = builders.person(owner)
    client.force_login(viewer)
    counts = []
    for size in (2, 12):
        made = consultation(owner, people=candidates(*(["sql"] for _each in range(size))))
        client.get(f"/en/talent/lists/{made.pk}/")
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/en/talent/lists/{made.pk}/")
        with CaptureQueriesContext(connection) as listed:
            client.get("/en/talent/lists/")
        counts.append((len(asked), len(listed)))
    assert counts[0] == counts[1]


def test_keys_of_a_list_are_random_and_no_two_lists_share_their_order() -> None:
    people = candidates(*(["sql"] for _each in range(8)))
    used_taxonomy()
    lists = [consultation(people=people) for _each in range(2)]
    orders = [list(each.people.values_list("person", flat=True)) for each in lists]
    keys = [set(each.people.values_list("key", flat=True)) for each in lists]
    assert not keys[0] & keys[1]
    assert sorted(orders[0]) == sorted(orders[1])
    assert Consultation.objects.count() == 2


def test_a_refusal_is_a_sentence() -> None:
    with pytest.raises(KatalysatorError) as refused:
        consultation(occupation="tovenaar")
    assert "tovenaar" in str(refused.value)


@pytest.mark.django_db
class TestTitlesMeasured:
    """In a large taxonomy titles are tried by a job, which says how far it is, and what came of it is kept."""

    @pytest.fixture(autouse=True)
    def _large(self, monkeypatch: pytest.MonkeyPatch) -> None:
        used_taxonomy()
        monkeypatch.setattr("katalysator.talent.oversight.views.is_small", lambda _taxonomy: False)

    def test_it_is_asked_for_measured_and_shown(self) -> None:
        bureau = builders.person(is_coordinator=True)
        client = inside(bureau)
        page = "/en/talent/oversight/bias/"
        assert "Not measured yet" in client.get(page).content.decode()
        client.post(f"{page}measure/")
        row = TitleMeasurement.objects.get()
        waiting = client.get(page).content.decode()
        assert "waits for its turn" in waiting
        assert "Measure again" in waiting
        measure(row.pk, row.run)
        row.refresh_from_db()
        assert row.measured_at is not None
        assert not row.runs
        told = client.get(page).content.decode()
        assert "Measured on" in told
        assert "Measure again" in told
        taxonomy = small_taxonomy()
        measured = kept_titles(row)
        assert measured == title_bias(taxonomy, titles_found(taxonomy) or (lambda *_said: []))

    def test_a_run_that_is_wanted_no_more_stops_and_keeps_nothing(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        row = verbs.measure_titles(by=builders.HOUSE)
        measure(row.pk, row.run - 1)
        assert not TitleMeasurement.objects.get().figures
        monkeypatch.setattr("katalysator.talent.oversight.titles._AT_ONCE", 1)
        find = titles_found(small_taxonomy())
        assert find

        def found(title: str, language: str) -> Sequence[int]:
            TitleMeasurement.objects.update(run=99)
            return find(title, language)

        monkeypatch.setattr(
            "katalysator.talent.oversight.titles.titles_found", lambda _taxonomy: found
        )
        measure(row.pk, row.run)
        assert not TitleMeasurement.objects.get().figures

    def test_a_new_request_takes_the_place_of_one_whose_job_came_to_nothing(self) -> None:
        lost = verbs.measure_titles(by=builders.HOUSE)
        row = verbs.measure_titles(by=builders.HOUSE)
        assert row.run == lost.run + 1
        measure(lost.pk, lost.run)
        assert not TitleMeasurement.objects.get().figures
        measure(row.pk, row.run)
        assert TitleMeasurement.objects.get().figures

    def test_figures_are_never_kept_with_another_taxonomy(self) -> None:
        row = verbs.measure_titles(by=builders.HOUSE)
        TaxonomyVersion.objects.update(digest="1" * 64)  # another one is used by now
        measure(row.pk, row.run)
        row.refresh_from_db()
        assert (row.figures, row.runs) == ({}, False)

    def test_it_is_refused_while_titles_cannot_be_found_yet(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(
            "katalysator.talent.oversight.verbs.titles_found", lambda _taxonomy: None
        )
        with pytest.raises(Conflict, match="made ready"):
            verbs.measure_titles(by=builders.HOUSE)

    def test_nobody_but_the_bureau_asks_for_it(self) -> None:
        with pytest.raises(NotAllowed):
            verbs.measure_titles(by=builders.person(builders.organisation()))
