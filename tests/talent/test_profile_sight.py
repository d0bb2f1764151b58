"""Who sees a skill profile: nobody without a consent, what it covers, until when, and what is written down of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from katalysator.core.models import Event
from katalysator.faults import Conflict, InvalidInput, NotAllowed
from katalysator.talent.models import (
    ProfileConsent,
    ProfileLook,
    ProfileOccupation,
    ProfileSkill,
    SkillEvidence,
    SkillProfile,
)
from katalysator.talent.profiles.consent.verbs import ConsentFacts, end, note_look, share
from katalysator.talent.profiles.evidence import verbs as evidences
from katalysator.talent.profiles.telling import ToldProfile
from tests import builders
from tests.talent import profiles as make
from tests.talent.profiles import again

pytestmark = pytest.mark.django_db

BY = builders.HOUSE


def test_nobody_else_sees_a_profile_or_anything_of_it() -> None:
    made = make.full_profile()
    bureau, other = builders.person(is_coordinator=True), builders.person(builders.organisation())
    for person in (bureau, other):
        for model in make.TABLES:
            assert not model.objects.visible_to(person).exists()
    assert SkillProfile.objects.visible_to(made.person).get() == made
    assert SkillEvidence.objects.visible_to(made.person).exists()


def test_a_consent_lets_see_its_parts_until_its_day() -> None:
    made, other = make.full_profile(), builders.person(builders.organisation())
    given = make.consent(other, made, parts=("skills",))
    assert SkillProfile.objects.visible_to(other).get() == made
    assert ProfileSkill.objects.visible_to(other).count() == 2
    assert not SkillEvidence.objects.visible_to(other).exists()
    assert not ProfileOccupation.objects.visible_to(other).exists()
    told = ToldProfile.to(other, made)
    assert (told.parts, len(told.skills), len(told.occupations)) == (frozenset({"skills"}), 2, 0)
    ProfileConsent.objects.filter(pk=given.pk).update(until=timezone.localdate())
    assert SkillProfile.objects.visible_to(other).exists()
    ProfileConsent.objects.filter(pk=given.pk).update(
        until=timezone.localdate() - timedelta(days=1)
    )
    assert not SkillProfile.objects.visible_to(other).exists()
    assert not ProfileSkill.objects.visible_to(other).exists()


def test_a_consent_ends_at_once() -> None:
    other = builders.person(builders.organisation())
    given = make.consent(other)
    end(given, by=BY)
    assert not SkillProfile.objects.visible_to(other).exists()
    with pytest.raises(Conflict):
        end(given, by=BY)


def test_people_of_an_organisation_see_while_it_takes_part() -> None:
    organisation = builders.organisation()
    member = builders.person(organisation)
    make.consent(organisation)
    assert SkillProfile.objects.visible_to(again(member)).exists()
    type(organisation).objects.filter(pk=organisation.pk).update(state="former")
    assert not SkillProfile.objects.visible_to(again(member)).exists()


def test_the_bureau_sees_what_it_is_shown() -> None:
    bureau = builders.person(is_coordinator=True)
    make.consent()
    make.full_profile()
    assert SkillProfile.objects.visible_to(bureau).count() == 1


def test_what_speaks_for_a_skill_is_never_shown_without_it_nor_what_was_declined() -> None:
    other, peer = builders.person(builders.organisation()), builders.person(builders.organisation())
    made = make.full_profile()
    skill = made.skills.get(key="skill/sql")
    asked = evidences.ask_peer(skill, peer, by=BY)
    given = make.consent(other, made, parts=("evidence",))
    assert given.parts == ["skills", "evidence"]
    assert asked not in SkillEvidence.objects.visible_to(other)
    evidences.move(asked, "decline", by=peer)
    assert asked not in SkillEvidence.objects.visible_to(other)
    told = ToldProfile.to(other, made)
    assert [len(each.evidence) for each in told.skills] == [1, 0]


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ({"until": timezone.localdate() - timedelta(days=1)}, "until"),
        ({"until": timezone.localdate() + timedelta(days=366)}, "until"),
        ({"parts": ()}, "parts"),
        ({"parts": ("age",)}, "parts"),
        ({"purpose": "dismissal"}, "purpose"),
    ],
)
def test_a_consent_is_for_a_purpose_parts_and_a_year_at_most(said: Any, place: str) -> None:
    with pytest.raises(InvalidInput) as told:
        make.consent(builders.person(), **said)
    assert told.value.where[0] == place


def test_one_does_not_let_oneself_look_and_nobody_lets_look_at_another() -> None:
    made = make.full_profile()
    until = timezone.localdate()
    with pytest.raises(InvalidInput):
        make.consent(made.person, made)
    with pytest.raises(NotAllowed):
        share(
            made, ConsentFacts("job", ("skills",), until), by=builders.person(is_coordinator=True)
        )


def test_who_looked_is_written_down_once_a_day_with_how_often() -> None:
    other = builders.person(builders.organisation())
    made = make.full_profile()
    with pytest.raises(NotAllowed):
        note_look(made, other, by=other)
    make.consent(other, made)
    for _ in range(3):
        note_look(made, other, by=other)
    (look,) = ProfileLook.objects.visible_to(made.person)
    assert (look.times, look.purposes, look.person) == (3, ["job"], other)
    assert Event.objects.filter(verb="skill-profile.look").count() == 1


def test_another_seeing_a_profile_costs_the_same_however_much_is_in_it(
    django_assert_num_queries: Any,
) -> None:
    other = builders.person(builders.organisation())
    made = make.full_profile()
    make.consent(other, made)
    ToldProfile.to(other, made)
    with django_assert_num_queries(5):
        ToldProfile.to(other, made)
    for key in ("skill/wounds", "skill/washing", "skill/talking"):
        make.certificate(make.skill(made, key), with_file=False)
    with django_assert_num_queries(5):
        ToldProfile.to(other, made)
