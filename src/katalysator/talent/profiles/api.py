"""The API's part on skill profiles: one's own, and those that others let one see."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Self

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router

from katalysator.core.api import Links, PageOf, Paging, RecordNumber, Resource, page_facts, paged
from katalysator.talent.models import (
    ProfileConsent,
    ProfilePart,
    SkillEvidence,
    SkillProfile,
)
from katalysator.talent.profiles.choosing import ShownConcept
from katalysator.talent.profiles.consent.verbs import note_look
from katalysator.talent.profiles.people import called
from katalysator.talent.profiles.portable.elm import uri_of
from katalysator.talent.profiles.telling import ToldProfile, ToldSkill

router = Router(tags=["talent"], by_alias=True)


class EvidenceResource(Resource):
    """What speaks for a skill: `level` is `peer`, `assessed` or `certificate`; a certificate is stated and not checked here."""

    id: int
    level: str
    state: str
    organisation: str
    issuer: str
    sentence: str
    issued_on: date | None
    valid_until: date | None

    @classmethod
    def of(cls, each: SkillEvidence) -> Self:
        """Evidence as the API sends it."""
        names = ("level", "state", "issuer", "sentence", "issued_on", "valid_until")
        organisation = each.organisation.slug if each.organisation else ""
        return cls(
            id=each.pk, organisation=organisation, **{name: getattr(each, name) for name in names}
        )


class ProfileConceptResource(Resource):
    """An occupation or a skill: its label is in `language`, and `isKnown` says whether the list that is used now has it."""

    id: int
    uri: str
    label: str
    language: str
    is_known: bool


class ProfileSkillResource(ProfileConceptResource):
    """A skill of a person, and what speaks for it beside their own word."""

    evidence: list[EvidenceResource]

    @classmethod
    def of(cls, each: ToldSkill) -> Self:
        """A skill as the API sends it."""
        evidence = [EvidenceResource.of(one) for one in each.evidence]
        return cls(**_concept(each.concept), evidence=evidence)


class ProfileOccupationResource(ProfileConceptResource):
    """Work of a person; `untilYear` is null where they still do it, or did not say."""

    from_year: int | None
    until_year: int | None
    hours: int | None

    @classmethod
    def of(cls, each: ShownConcept) -> Self:
        """An occupation as the API sends it."""
        record: Any = each.record
        told = {name: getattr(record, name) for name in ("from_year", "until_year", "hours")}
        return cls(**_concept(each), **told)


class WantedResource(Resource):
    """What a person wants: hours a week, a region, a level."""

    hours: int | None
    region: str
    level: str

    @classmethod
    def of(cls, profile: SkillProfile) -> Self:
        """What is wanted, as the API sends it."""
        return cls(hours=profile.hours, region=profile.region, level=profile.level)


class SkillProfileResource(Resource):
    """The parts of a profile that the asker may see; those that they may not are null."""

    id: int
    parts: list[str]
    purposes: list[str]
    skills: list[ProfileSkillResource] | None
    occupations: list[ProfileOccupationResource] | None
    wanted: WantedResource | None

    @classmethod
    def of(cls, told: ToldProfile) -> Self:
        """A profile as the API sends it."""
        parts = told.parts
        skills = [ProfileSkillResource.of(each) for each in told.skills]
        work = [ProfileOccupationResource.of(each) for each in told.occupations]
        return cls(
            id=told.profile.pk,
            parts=sorted(parts),
            purposes=sorted(told.purposes),
            skills=skills if ProfilePart.SKILLS in parts else None,
            occupations=work if ProfilePart.OCCUPATIONS in parts else None,
            wanted=WantedResource.of(told.profile) if ProfilePart.WANTED in parts else None,
        )


class ConsentResource(Resource):
    """That somebody may see parts of one's profile: a person by name, an organisation, or the bureau where both are empty."""

    id: int
    person: str
    organisation: str
    purpose: str
    parts: list[str]
    until: date
    ended_at: datetime | None

    @classmethod
    def of(cls, each: ProfileConsent, names: Mapping[int, str]) -> Self:
        """A consent as the API sends it, with what people are called."""
        return cls(
            id=each.pk,
            person=names.get(each.person_id or 0, ""),
            organisation=each.organisation.slug if each.organisation else "",
            purpose=each.purpose,
            parts=list(each.parts),
            until=each.until,
            ended_at=each.ended_at,
        )


class OwnSkillProfile(Resource):
    """One's own profile, null where one has none, and who may see it."""

    profile: SkillProfileResource | None
    consents: list[ConsentResource]


class SkillProfileSummary(Resource):
    """A profile that somebody lets one see."""

    id: int
    links: Links


class SkillProfilePage(PageOf):
    """One page of them."""

    items: list[SkillProfileSummary]


@router.get("/skill-profile", response=OwnSkillProfile)
def own_skill_profile(request: HttpRequest) -> OwnSkillProfile:
    """One's own profile: nobody else gets it here."""
    return own_resource(request.user)


@router.get("/skill-profiles", response=SkillProfilePage)
def skill_profiles(request: HttpRequest, paging: Query[Paging]) -> SkillProfilePage:
    """The profiles of others that one may see today."""
    visible = SkillProfile.objects.visible_to(request.user)
    page = paged(visible.exclude(person=request.user.pk).order_by("pk"), paging)
    items = [
        SkillProfileSummary(id=each.pk, links=Links.of(request, each, "skill_profile"))
        for each in page
    ]
    return SkillProfilePage(items=items, **page_facts(request, page))


@router.get("/skill-profiles/{number}", response=SkillProfileResource)
def skill_profile(request: HttpRequest, number: RecordNumber) -> SkillProfileResource:
    """A profile as far as one may see it; its person sees that one looked."""
    visible = SkillProfile.objects.visible_to(request.user)
    found: SkillProfile = get_object_or_404(visible, pk=number)
    if found.person_id == request.user.pk:
        return SkillProfileResource.of(ToldProfile.own(found))
    person: Any = request.user  # a stranger sees none
    told = ToldProfile.to(person, found)
    note_look(found, person, by=person)
    return SkillProfileResource.of(told)


def own_resource(person: Any) -> OwnSkillProfile:
    """The own profile of a person as the API sends it. Cost: six queries."""
    mine = SkillProfile.objects.of(person).first()
    if mine is None:
        return OwnSkillProfile(profile=None, consents=[])
    consents = list(mine.consents.select_related("organisation"))
    names = called([each.person_id for each in consents], person)
    return OwnSkillProfile(
        profile=SkillProfileResource.of(ToldProfile.own(mine)),
        consents=[ConsentResource.of(each, names) for each in consents],
    )


def _concept(each: ShownConcept) -> dict[str, object]:
    """What occupations and skills have alike."""
    return {
        "id": each.record.pk,
        "uri": uri_of(each.record.key),
        "label": each.label,
        "language": each.language,
        "is_known": each.is_known,
    }
