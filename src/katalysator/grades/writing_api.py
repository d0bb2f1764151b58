"""The API of those who say of a match whether it is useful."""

from typing import Annotated, Literal

from django.shortcuts import get_object_or_404
from ninja.params.functions import Path

from katalysator.coalition.models import PersonRequest
from katalysator.core.api import Resource
from katalysator.core.api_writing import Given, Scope
from katalysator.faults import gettext_noop as _
from katalysator.grades import verbs
from katalysator.grades.api import router
from katalysator.grades.models import Grade
from katalysator.listings.api import ListingNumber, visible_listing
from katalysator.listings.models import Listing

__all__ = ("GRADES", "router")

GRADES = Scope("grades", _("Say of matches whether they are useful"))

_OTHER = Annotated[int, Path(ge=1, le=2**63 - 1)]
_ADDRESS = "/listings/{id}/matches/{other}/grade"


class GradeGiven(Given):
    """Whether one would introduce these two, from 0 (no) to 3 (surely); why not, where not."""

    value: Literal[0, 1, 2, 3]
    reason: Literal[tuple(Grade.Reason.values)] | None = None  # type: ignore[valid-type]
    remark: str | None = None


class GradeResource(Resource):
    """What one said of a match."""

    value: int
    reason: str
    remark: str


@router.put(_ADDRESS, response=GradeResource, **GRADES.required)
def give_grade(
    request: PersonRequest, pk: ListingNumber, other: _OTHER, given: GradeGiven
) -> GradeResource:
    """Say what one thinks of a match, in place of what one said."""
    need, offer = _pair(request, pk, other)
    made = verbs.grade(need, offer, by=request.user, **given.stated)
    return GradeResource(value=made.value, reason=made.reason, remark=made.remark)


@router.delete(_ADDRESS, response={204: None}, **GRADES.required)
def withdraw_grade(request: PersonRequest, pk: ListingNumber, other: _OTHER) -> None:
    """Take back what one said of a match."""
    need, offer = _pair(request, pk, other)
    verbs.withdraw(need, offer, by=request.user)


def _pair(request: PersonRequest, pk: int, other: int) -> tuple[Listing, Listing]:
    """The need and the offer; a 404 where the two are no need and offer of one market that the asker sees."""
    one = visible_listing(request, pk)
    seen = Listing.objects.visible_to(request.user).with_owner()
    two = get_object_or_404(seen.filter(market=one.market).exclude(kind=one.kind), pk=other)
    return (one, two) if one.is_need else (two, one)
