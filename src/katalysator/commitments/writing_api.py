"""The API of those who bring something: what is promised, and what was brought of it."""

from datetime import date
from typing import Annotated

from django.shortcuts import get_object_or_404
from ninja.params.functions import Path

from katalysator.coalition.api import Slug
from katalysator.coalition.models import PersonRequest
from katalysator.coalition.writing_api import ORGANISATIONS, visible_organisation
from katalysator.commitments import verbs
from katalysator.commitments.api import (
    CommitmentList,
    ContributionResource,
    commitment_list,
    router,
)
from katalysator.commitments.models import Commitment, Contribution
from katalysator.commitments.verbs import Promise
from katalysator.core.api_writing import Given

__all__ = ("router",)

_OF = "/organisations/{slug}/commitments"
_KIND = Annotated[str, Path(pattern="^[a-z]+$", max_length=8)]
_NUMBER = Annotated[int, Path(alias="id", ge=1, le=2**63 - 1)]


class PromiseGiven(Given):
    """How much is promised of a kind, where it is counted, and what is said with it."""

    amount: int | None = None
    note: str = ""


class PromisesGiven(Given):
    """All that an organisation promises, by kind."""

    promises: dict[str, PromiseGiven]


class ContributionGiven(Given):
    """What was brought: when, how much where it is counted, and what it was."""

    on: date
    what: str
    amount: int | None = None


@router.put(_OF, response=CommitmentList, **ORGANISATIONS.required)
def promise(request: PersonRequest, slug: Slug, given: PromisesGiven) -> CommitmentList:
    """Say what an organisation brings: these, and no others."""
    organisation = visible_organisation(request, slug)
    said = {kind: Promise(each.amount, each.note) for kind, each in given.promises.items()}
    verbs.promise(organisation, by=request.user, promises=said)
    return commitment_list(request, organisation)


@router.post(
    f"{_OF}/{{kind}}/contributions", response={201: ContributionResource}, **ORGANISATIONS.required
)
def bring(
    request: PersonRequest, slug: Slug, kind: _KIND, given: ContributionGiven
) -> ContributionResource:
    """Write down what was brought of a commitment."""
    organisation = visible_organisation(request, slug)
    commitment = get_object_or_404(Commitment.objects.of(organisation), kind=kind)
    made = verbs.bring(
        commitment, by=request.user, what=given.what, on=given.on, amount=given.amount
    )
    return ContributionResource.of(made)


@router.delete(
    f"{_OF}/{{kind}}/contributions/{{id}}", response={204: None}, **ORGANISATIONS.required
)
def take_back(request: PersonRequest, slug: Slug, kind: _KIND, pk: _NUMBER) -> None:
    """Take back what was written down by mistake."""
    organisation = visible_organisation(request, slug)
    found = Contribution.objects.filter(
        commitment__organisation=organisation, commitment__kind=kind
    )
    verbs.take_back(get_object_or_404(found, pk=pk), by=request.user)
