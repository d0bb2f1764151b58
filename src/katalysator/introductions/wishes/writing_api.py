"""The API of what organisations say of whom they meet: for who manages one, and nobody else."""

from datetime import date
from typing import Final

from django.http import HttpRequest

from katalysator.coalition.api import Slug
from katalysator.coalition.models import Organisation, PersonRequest
from katalysator.coalition.writing_api import visible_organisation
from katalysator.core.api import Resource
from katalysator.core.api_writing import Given
from katalysator.introductions.models import MeetingPause, NeverMeet
from katalysator.introductions.wishes import verbs
from katalysator.introductions.writing_api import INTRODUCTIONS, router

__all__ = ("router",)

_OF: Final = "/organisations/{slug}/meeting"
_CHANGES = INTRODUCTIONS.required


class WishesResource(Resource):
    """Until when an organisation takes no proposals, and the names in addresses of those that it never meets."""

    paused_until: date | None
    never: list[str]


class PauseGiven(Given):
    """The day from which it takes proposals again."""

    until: date


@router.get(_OF, response=WishesResource)
def meeting_wishes(request: HttpRequest, slug: Slug) -> WishesResource:
    """Whom an organisation meets, for who manages it; for others, the bureau too, nothing is there."""
    return _shown(request, visible_organisation(request, slug))


@router.put(f"{_OF}/pause", response=WishesResource, **_CHANGES)
def pause_meeting(request: PersonRequest, slug: Slug, given: PauseGiven) -> WishesResource:
    """Take no proposals to meet before a day, a year from now at most."""
    organisation = visible_organisation(request, slug)
    verbs.pause(organisation, by=request.user, until=given.until)
    return _shown(request, organisation)


@router.delete(f"{_OF}/pause", response={204: None}, **_CHANGES)
def resume_meeting(request: PersonRequest, slug: Slug) -> None:
    """Take proposals again."""
    verbs.resume(visible_organisation(request, slug), by=request.user)


@router.put(f"{_OF}/never/{{other}}", response=WishesResource, **_CHANGES)
def avoid_organisation(request: PersonRequest, slug: Slug, other: Slug) -> WishesResource:
    """Never meet another organisation; it does not learn of it."""
    organisation = visible_organisation(request, slug)
    verbs.avoid(organisation, visible_organisation(request, other), by=request.user)
    return _shown(request, organisation)


@router.delete(f"{_OF}/never/{{other}}", response={204: None}, **_CHANGES)
def allow_organisation(request: PersonRequest, slug: Slug, other: Slug) -> None:
    """Take another organisation off the list."""
    organisation = visible_organisation(request, slug)
    verbs.allow(organisation, visible_organisation(request, other), by=request.user)


def _shown(request: HttpRequest, organisation: Organisation) -> WishesResource:
    """As it is now. Cost: two queries."""
    seen = MeetingPause.objects.visible_to(request.user).now()
    listed = NeverMeet.objects.visible_to(request.user).filter(organisation=organisation)
    return WishesResource(
        paused_until=seen.filter(organisation=organisation).values_list("until", flat=True).first(),
        never=list(listed.values_list("other__slug", flat=True)),
    )
