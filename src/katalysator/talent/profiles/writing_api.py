"""The API of who keeps a profile: put in and take out, say what one wants, and who may see it."""

from dataclasses import replace
from datetime import date
from typing import Final, Literal, TypeVar

from django.db import models
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from katalysator.coalition.models import PersonRequest
from katalysator.core.api import RecordNumber
from katalysator.core.api_writing import Given, Scope
from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.talent.models import (
    ProfileConsent,
    ProfileOccupation,
    ProfileSkill,
    SkillProfile,
)
from katalysator.talent.profiles import verbs
from katalysator.talent.profiles.api import OwnSkillProfile, own_resource, router
from katalysator.talent.profiles.consent.verbs import ConsentFacts, end, share
from katalysator.talent.profiles.people import participant, somebody
from katalysator.talent.profiles.portable.elm import key_of
from katalysator.talent.profiles.verbs import OccupationFacts, WantedWork

__all__ = ("router",)

PROFILE = Scope("skill-profile", _("Keep my skill profile, and say who may see it"))

OwnRowT = TypeVar("OwnRowT", bound=models.Model)

_CHANGES: Final = PROFILE.required


class SkillGiven(Given):
    """A skill, by its `uri` in the list that is used now."""

    uri: str


class OccupationGiven(Given):
    """Work that one does or did, by its `uri`; years and hours a week may be left out."""

    uri: str
    from_year: int | None = None
    until_year: int | None = None
    hours: int | None = None


class WantedGiven(Given):
    """What one wants; what is left out is left open."""

    hours: int | None = None
    region: str = ""
    level: str = ""


class ConsentGiven(Given):
    """Who may see which `parts` for what, until a day: `whom` is the name or address of a person, or the name of an organisation."""

    to: Literal["person", "organisation", "bureau"]
    whom: str = ""
    purpose: str
    parts: list[str]
    until: date


@router.delete("/skill-profile", response={204: None}, **_CHANGES)
def erase_skill_profile(request: PersonRequest) -> None:
    """Erase one's profile, if there is one, with all that is in it."""
    if mine := SkillProfile.objects.of(request.user).first():
        verbs.erase(mine, by=request.user)


@router.post("/skill-profile/skills", response={201: OwnSkillProfile}, **_CHANGES)
def add_profile_skill(
    request: PersonRequest, response: HttpResponse, given: SkillGiven
) -> OwnSkillProfile:
    """Put a skill in one's profile, which is made where there is none."""
    verbs.add_skill(_mine(request), key_of(given.uri), by=request.user)
    return _made(request, response)


@router.delete("/skill-profile/skills/{skill}", response={204: None}, **_CHANGES)
def remove_profile_skill(request: PersonRequest, skill: RecordNumber) -> None:
    """Take a skill out, with what speaks for it."""
    mine = ProfileSkill.objects.filter(profile__person=request.user)
    verbs.remove_skill(_own(mine, skill), by=request.user)


@router.post("/skill-profile/occupations", response={201: OwnSkillProfile}, **_CHANGES)
def add_profile_occupation(
    request: PersonRequest, response: HttpResponse, given: OccupationGiven
) -> OwnSkillProfile:
    """Put work in one's profile, which is made where there is none."""
    years = (given.from_year, given.until_year, given.hours)
    facts = OccupationFacts(key_of(given.uri), *years)
    verbs.add_occupation(_mine(request), facts, by=request.user)
    return _made(request, response)


@router.delete("/skill-profile/occupations/{occupation}", response={204: None}, **_CHANGES)
def remove_profile_occupation(request: PersonRequest, occupation: RecordNumber) -> None:
    """Take work out."""
    mine = ProfileOccupation.objects.filter(profile__person=request.user)
    verbs.remove_occupation(_own(mine, occupation), by=request.user)


@router.put("/skill-profile/wanted", response=OwnSkillProfile, **_CHANGES)
def want_work(request: PersonRequest, given: WantedGiven) -> OwnSkillProfile:
    """Say what one wants."""
    wanted = WantedWork(given.hours, given.region, given.level)
    verbs.want(_mine(request), wanted, by=request.user)
    return own_resource(request.user)


@router.post("/skill-profile/consents", response={201: OwnSkillProfile}, **_CHANGES)
def share_skill_profile(
    request: PersonRequest, response: HttpResponse, given: ConsentGiven
) -> OwnSkillProfile:
    """Let somebody see parts of one's profile until a day, within a year."""
    share(_mine(request), _facts(request, given), by=request.user)
    return _made(request, response)


@router.delete("/skill-profile/consents/{consent}", response={204: None}, **_CHANGES)
def end_consent(request: PersonRequest, consent: RecordNumber) -> None:
    """End a consent now."""
    mine = ProfileConsent.objects.filter(profile__person=request.user)
    end(_own(mine, consent), by=request.user)


def _mine(request: PersonRequest) -> SkillProfile:
    return verbs.make(request.user, by=request.user)


def _own(mine: "models.QuerySet[OwnRowT]", number: int) -> OwnRowT:
    found: OwnRowT = get_object_or_404(mine.select_related("profile"), pk=number)
    return found


def _made(request: PersonRequest, response: HttpResponse) -> OwnSkillProfile:
    response["Location"] = request.build_absolute_uri(reverse("api:own_skill_profile"))
    return own_resource(request.user)


def _facts(request: PersonRequest, given: ConsentGiven) -> ConsentFacts:
    if given.to != "bureau" and not given.whom.strip():
        raise InvalidInput("whom", _("Say who it is.")).at("whom")
    facts = ConsentFacts(given.purpose, tuple(given.parts), given.until)
    match given.to:
        case "person":
            return replace(facts, person=somebody(given.whom, known_to=request.user))
        case "organisation":
            return replace(facts, organisation=participant(given.whom))
    return facts
