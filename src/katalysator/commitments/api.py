"""The API's part on commitments: what a participant promised, and how far that is."""

from datetime import date
from typing import Self

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router

from katalysator.coalition.api import Slug
from katalysator.coalition.models import Organisation
from katalysator.commitments.models import Commitment, Contribution
from katalysator.commitments.progress import CommitmentProgress, progress
from katalysator.core.api import Resource

router = Router(tags=["coalition"], by_alias=True)


class ContributionResource(Resource):
    """What was brought: when, how much where it is counted, and what it was."""

    id: int
    on: date
    amount: int | None
    what: str

    @classmethod
    def of(cls, one: Contribution) -> Self:
        """A contribution as the API sends it."""
        return cls(id=one.pk, on=one.on, amount=one.amount, what=one.what)


class CommitmentResource(Resource):
    """A promise to the coalition: how much, where it is counted, how much came of it, and the newest of that."""

    kind: str
    name: str
    promised: int | None
    brought: int
    times: int
    note: str
    contributions: list[ContributionResource]


class CommitmentList(Resource):
    """All that a participant promised."""

    items: list[CommitmentResource]


@router.get("/organisations/{slug}/commitments", response=CommitmentList)
def commitments(request: HttpRequest, slug: Slug) -> CommitmentList:
    """What a participant promised, in the order in which it is asked; nothing of who does not take part."""
    seen = Organisation.objects.visible_to(request.user)
    organisation = get_object_or_404(seen, slug=slug)
    return commitment_list(request, organisation)


def commitment_list(request: HttpRequest, organisation: Organisation) -> CommitmentList:
    """What an organisation promised, as the API sends it."""
    found = Commitment.objects.visible_to(request.user).of(organisation)
    return CommitmentList(items=[_resource(each) for each in progress(found)])


def _resource(each: CommitmentProgress) -> CommitmentResource:
    promise = each.commitment
    return CommitmentResource(
        kind=promise.kind,
        name=str(promise.get_kind_display()),
        promised=promise.amount,
        brought=each.brought,
        times=each.times,
        note=promise.note,
        contributions=[ContributionResource.of(one) for one in each.newest],
    )
