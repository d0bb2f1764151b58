"""A skill profile: what goes in, what speaks for it, and how it goes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from katalysator.coalition.models import Membership
from katalysator.coalition.verbs import erase as erase_person
from katalysator.core.actors import CLOCK
from katalysator.core.models import Event
from katalysator.core.personal_data import held_of
from katalysator.faults import Conflict, InvalidInput, NotAllowed
from katalysator.talent.models import (
    ProfileSkill,
    SkillEvidence,
    SkillProfile,
)
from katalysator.talent.profiles import tasks, verbs
from katalysator.talent.profiles.choosing import found, shown
from katalysator.talent.profiles.consent.verbs import note_look
from katalysator.talent.profiles.evidence import verbs as evidences
from katalysator.talent.profiles.evidence.verbs import CertificateFacts, EvidenceFile
from katalysator.talent.profiles.keeping import opened
from katalysator.talent.profiles.people import somebody
from katalysator.talent.profiles.verbs import OccupationFacts, WantedWork
from katalysator.talent.taxonomies.current import current_taxonomy
from tests import builders
from tests.talent import profiles as make
from tests.talent.profiles import again
from tests.talent.taxonomies import small_taxonomy

pytestmark = pytest.mark.django_db

BY = builders.HOUSE


def test_a_profile_is_made_once_and_by_nobody_else() -> None:
    person, other = builders.person(), builders.person(is_coordinator=True)
    first = verbs.make(person, by=person)
    assert verbs.make(person, by=person) == first
    with pytest.raises(NotAllowed):
        verbs.make(person, by=other)
    for deed in (verbs.erase, verbs.keep, verbs.mend):
        with pytest.raises(NotAllowed):
            deed(first, by=other)


def test_a_skill_is_of_the_list_and_stands_there_once() -> None:
    profile = make.profile()
    made = verbs.add_skill(profile, "skill/sql", by=BY)
    assert (made.key, made.label, made.language) == ("skill/sql", "SQL", "en")
    with pytest.raises(Conflict):
        verbs.add_skill(profile, "skill/sql", by=BY)
    for key in ("skill/nothing", "", "x" * 500, "occupation/nurse"):
        with pytest.raises(InvalidInput):
            verbs.add_skill(profile, key, by=BY)
    verbs.remove_skill(made, by=BY)
    with pytest.raises(Conflict):
        verbs.remove_skill(made, by=BY)


@pytest.mark.parametrize(
    ("facts", "place"),
    [
        ({"from_year": 2020, "until_year": 2019}, "until_year"),
        ({"from_year": 1200}, "from_year"),
        ({"until_year": timezone.localdate().year + 1}, "until_year"),
        ({"hours": 61}, "hours"),
        ({"hours": 0}, "hours"),
    ],
)
def test_absurd_years_and_hours_are_told_where_they_stand(facts: Any, place: str) -> None:
    profile = make.profile()
    with pytest.raises(InvalidInput) as told:
        verbs.add_occupation(profile, OccupationFacts("occupation/nurse", **facts), by=BY)
    assert told.value.where == (place,)
    assert not profile.occupations.exists()


def test_the_same_work_may_be_done_twice_in_other_years() -> None:
    profile = make.profile()
    for year in (2001, 2010):
        verbs.add_occupation(profile, OccupationFacts("occupation/nurse", year), by=BY)
    with pytest.raises(Conflict):
        verbs.add_occupation(profile, OccupationFacts("occupation/nurse", 2010), by=BY)
    assert [each.from_year for each in profile.occupations.all()] == [2010, 2001]


def test_what_is_wanted_may_be_left_open_and_is_checked() -> None:
    profile = make.profile()
    verbs.want(profile, WantedWork(24, "NL31", "hbo"), by=BY)
    found_ = SkillProfile.objects.get(pk=profile.pk)
    assert (found_.hours, found_.region, found_.level) == (24, "NL31", "hbo")
    for wanted in (WantedWork(900), WantedWork(region="Atlantis"), WantedWork(level="baas")):
        with pytest.raises(InvalidInput):
            verbs.want(profile, wanted, by=BY)
    verbs.want(profile, WantedWork(), by=BY)
    assert not SkillProfile.objects.get(pk=profile.pk).wants_something


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("sql", "skill/sql"),
        ("databases", "skill/sql"),
        ("PRATEN mensen", "skill/talking"),
        ("test software", "skill/testing"),
    ],
)
def test_skills_are_found_by_words_of_any_label(words: str, key: str) -> None:
    make.used()
    assert found("skill", words, "nl")[0].key == key


def test_a_label_that_is_not_translated_says_its_language() -> None:
    make.used()
    (concept,) = found("skill", "test software", "nl")
    assert (concept.label, concept.language) == ("test software", "en")
    assert not found("skill", "   ", "nl")
    assert not found("skill", "qqq", "nl")


def test_what_has_gone_from_the_list_is_shown_as_it_was_and_follows_its_redirect() -> None:
    profile = make.profile()
    kept = verbs.add_skill(profile, "skill/python", by=BY)
    old = make.skill(profile, "skill/sql")
    ProfileSkill.objects.filter(pk=old.pk).update(key="skill/old-sql", label="SQL 92")
    ProfileSkill.objects.create(profile=profile, key="skill/lost", label="Telex")
    make.used(
        replace(
            small_taxonomy(), redirects={"skill/old-sql": "skill/older", "skill/older": "skill/sql"}
        )
    )
    told = {each.key: shown(current_taxonomy(), each, "nl") for each in profile.skills.all()}
    assert told["skill/python"].is_known
    assert told["skill/old-sql"].label == "SQL 92"
    assert told["skill/old-sql"].successor.key == "skill/sql"  # type: ignore[union-attr]
    assert told["skill/lost"].successor is None
    assert verbs.mend(profile, by=BY) == 1
    assert set(profile.skills.values_list("key", flat=True)) == {
        kept.key,
        "skill/sql",
        "skill/lost",
    }
    assert verbs.mend(profile, by=BY) == 0


def test_a_redirect_in_a_circle_ends() -> None:
    profile = make.profile()
    ProfileSkill.objects.create(profile=profile, key="a", label="a")
    make.used(replace(small_taxonomy(), redirects={"a": "b", "b": "a"}))
    assert verbs.mend(profile, by=BY) == 0


def test_a_colleague_confirms_with_a_sentence_and_takes_it_back() -> None:
    peer = builders.person(builders.organisation())
    asked = make.evidence(peer)
    with pytest.raises(InvalidInput) as told:
        evidences.move(asked, "confirm", by=peer)
    assert told.value.where == ("sentence",)
    done = evidences.move(asked, "confirm", by=peer, sentence="  We deden het\nsamen. ")
    assert (done.state, done.sentence, done.answered_by) == (
        "confirmed",
        "We deden het samen.",
        peer,
    )
    gone = evidences.move(asked, "take-back", by=peer)
    assert (gone.state, gone.sentence) == ("withdrawn", "")
    with pytest.raises(Conflict):
        evidences.move(asked, "confirm", by=peer, sentence="x")


def test_nobody_answers_for_another() -> None:
    asked = make.evidence()
    owner = asked.skill.profile.person
    for person in (owner, builders.person(is_coordinator=True), builders.person()):
        with pytest.raises(NotAllowed):
            evidences.move(asked, "confirm", by=person, sentence="Ja.")


def test_a_school_that_takes_part_assesses_by_who_manages_it() -> None:
    school = builders.organisation(kind="mbo")
    manager = builders.person(school)
    Membership.objects.filter(person=manager).update(role="manager")
    member = builders.person(school)
    asked = evidences.ask_assessor(make.skill(), school, by=BY)
    with pytest.raises(NotAllowed):
        evidences.move(asked, "confirm", by=again(member), sentence="Ja.")
    until = timezone.localdate() + timedelta(days=700)
    manager = again(manager)
    done = evidences.move(
        asked, "confirm", by=manager, sentence="Proef van mei.", valid_until=until
    )
    assert (done.state, done.valid_until, done.issued_on) == (
        "confirmed",
        until,
        timezone.localdate(),
    )
    for other in (
        builders.organisation(kind="company"),
        builders.organisation(kind="hbo", state="former"),
    ):
        with pytest.raises(InvalidInput):
            evidences.ask_assessor(make.skill(), other, by=BY)


def test_the_same_is_not_asked_twice_nor_of_oneself() -> None:
    peer = builders.person(builders.organisation())
    asked = make.evidence(peer)
    with pytest.raises(Conflict):
        evidences.ask_peer(asked.skill, peer, by=BY)
    with pytest.raises(InvalidInput):
        evidences.ask_peer(asked.skill, asked.skill.profile.person, by=BY)


def test_a_file_comes_with_a_certificate_and_goes_with_it() -> None:
    made = make.certificate(make.skill())
    with opened(made) as file:
        assert file.read() == make.PDF
    with pytest.raises(InvalidInput) as told:
        evidences.state_certificate(
            made.skill, CertificateFacts("x"), by=BY, file=EvidenceFile("x.exe", b"MZ")
        )
    assert told.value.where == ("file",)


@pytest.mark.parametrize("how", ["evidence", "skill", "profile", "account"])
def test_no_file_is_left_of_what_is_removed(
    how: str, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    made = make.certificate(make.skill())
    profile = made.skill.profile
    gone: dict[str, Callable[[], None]] = {
        "evidence": lambda: evidences.remove(made, by=BY),
        "skill": lambda: verbs.remove_skill(made.skill, by=BY),
        "profile": lambda: verbs.erase(profile, by=BY),
        "account": lambda: erase_person(profile.person, by=BY),
    }
    with django_capture_on_commit_callbacks(execute=True):
        gone[how]()
    with pytest.raises(FileNotFoundError):
        opened(made)
    assert not SkillEvidence.objects.exists()


def test_a_certificate_is_of_somebody_and_not_of_tomorrow() -> None:
    skill, today = make.skill(), timezone.localdate()
    day = timedelta(days=1)
    for facts, place in (
        (CertificateFacts("  "), "issuer"),
        (CertificateFacts("x", today + day), "issued_on"),
        (CertificateFacts("x", today, today - day), "valid_until"),
    ):
        with pytest.raises(InvalidInput) as told:
            evidences.state_certificate(skill, facts, by=BY)
        assert told.value.where == (place,)


def test_events_hold_nothing_of_what_a_profile_says() -> None:
    other = builders.person(builders.organisation())
    made = make.full_profile()
    make.consent(other, made)
    text = str(
        list(Event.objects.filter(chain="talent").values("before", "after", "personal", "reason"))
    )
    assert not [
        word for word in ("python", "sql", "Voorbeeldschool", "analyst", "NL31") if word in text
    ]


def test_all_of_it_is_held_of_a_person_and_goes_with_the_account() -> None:
    made = make.full_profile()
    other = builders.person(builders.organisation())
    make.consent(other, made)
    note_look(made, other, by=other)
    held = held_of(made.person)["skill_profile"]
    assert {name: len(part) for name, part in held.items()} == {
        "profile": 1, "occupations": 1, "skills": 2, "evidence": 1, "consents": 1, "looks": 1,
        "asked_of_others": 0, "shown_by_others": 0, "looked_at_others": 0,
    }  # fmt: skip
    assert held_of(other)["skill_profile"]["looked_at_others"]
    erase_person(made.person, by=BY)
    for model in make.TABLES:
        assert not model.objects.exists()


def test_what_a_colleague_confirmed_stays_when_the_colleague_goes() -> None:
    peer = builders.person(builders.organisation())
    asked = make.evidence(peer)
    evidences.move(asked, "confirm", by=peer, sentence="Samen gedaan.")
    erase_person(peer, by=BY)
    row = SkillEvidence.objects.get()
    assert (row.state, row.asked, row.answered_by) == ("confirmed", None, None)


@pytest.mark.parametrize("level", ["peer", "certificate"])
def test_the_database_keeps_levels_and_states_apart(level: str) -> None:
    skill = make.skill()
    state = "stated" if level == "peer" else "confirmed"
    with pytest.raises(IntegrityError), transaction.atomic():
        SkillEvidence.objects.create(skill=skill, level=level, state=state)


def test_people_are_found_by_the_name_that_they_gave_and_colleagues_by_address() -> None:
    own = builders.organisation()
    asker, colleague = builders.person(own), builders.person(own)
    stranger = builders.person(builders.organisation())
    asker = again(asker)
    named = builders.person(builders.organisation(name="Voorbeeldlab Noord"))
    Membership.objects.filter(person=named).update(name="Voorbeeld Een")
    assert somebody(colleague.email.upper(), known_to=asker) == colleague
    assert somebody("voorbeeld een", known_to=asker) == named
    for words in (stranger.email, "Niemand", "", asker.email):
        with pytest.raises(InvalidInput):
            somebody(words, known_to=asker)
    twin = builders.person(builders.organisation())
    Membership.objects.filter(person=twin).update(name="Voorbeeld Een")
    with pytest.raises(InvalidInput):
        somebody("Voorbeeld Een", known_to=asker)
    assert somebody("Voorbeeld Een, Voorbeeldlab Noord", known_to=asker) == named


def test_who_is_asked_gets_a_letter_and_who_asked_the_answer() -> None:
    peer = builders.person(builders.organisation())
    asked = make.evidence(peer)
    tasks.tell_of_evidence(asked.pk)
    assert [each.to for each in mail.outbox] == [[peer.email]]
    assert "Python" in mail.outbox[0].body
    evidences.move(asked, "confirm", by=peer, sentence="Ja.")
    tasks.tell_of_evidence(asked.pk)
    assert mail.outbox[1].to == [asked.skill.profile.person.email]
    tasks.tell_of_evidence(0)


def night(days: int) -> int:
    """The moment of a night so many days from now."""
    return int((timezone.now() + timedelta(days=days)).timestamp())


def test_a_profile_that_nobody_touches_is_asked_after_once_and_then_erased() -> None:
    made, kept, used = make.profile(), make.profile(), make.profile()
    old = timezone.now() - timedelta(days=731)
    SkillProfile.objects.filter(pk__in=(made.pk, kept.pk)).update(touched_at=old)
    tasks.watch_profiles(night(0))
    for each in (made, kept, used):
        tasks.ask_to_keep(each.pk)
    assert {each.to[0] for each in mail.outbox} == {made.person.email, kept.person.email}
    tasks.ask_to_keep(made.pk)
    assert len(mail.outbox) == 2
    verbs.keep(kept, by=kept.person)
    tasks.watch_profiles(night(59))
    assert SkillProfile.objects.filter(pk=made.pk).exists()
    tasks.watch_profiles(night(61))
    assert set(SkillProfile.objects.all()) == {kept, used}
    assert Event.objects.filter(verb="skill-profile.forget", system="clock").count() == 1
    with pytest.raises(NotAllowed):
        verbs.forget(kept, by=kept.person)
    verbs.forget(kept, by=CLOCK)
