"""The API's part on lists of people for work: those of one's organisations, blind and in no order, as their pages show them.

Decisions are not among it: a person decides, on the page, where the evidence stands.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Query, Router

from katalysator.coalition.models import Organisation, PersonRequest
from katalysator.core.api import Links, PageOf, Paging, RecordNumber, Resource, page_facts, paged
from katalysator.core.api_writing import Given, Scope
from katalysator.engine.skills import Called
from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.talent.models import Consultation, ConsultedPerson
from katalysator.talent.oversight import showing, verbs
from katalysator.talent.oversight.candidates import candidates_for
from katalysator.talent.oversight.showing import ShownPerson

router = Router(tags=["talent"], by_alias=True)

LISTS = Scope("talent-lists", _("Make lists of people for work, without names"))


class CalledResource(Resource):
    """A label, and the language that it is in; empty where only the key is known."""

    label: str
    language: str


class PeopleListResource(Resource):
    """A list of people for work: what for, when, with which taxonomy and method; `figuresAt` is when figures were first asked for."""

    id: int
    organisation: str
    purpose: str
    opening: str
    occupation: CalledResource
    taxonomy: str
    method: str
    at: datetime
    figures_at: datetime | None
    links: Links


class PeopleListPage(PageOf):
    """One page of lists, the newest first."""

    items: list[PeopleListResource]


class ListedPersonResource(Resource):
    """A person by a `key` that says nothing and is of this list alone: what they have and lack of what is essential.

    `perCent` is null as long as nobody asked for figures. `decision` was made by a person on the page, and `reason` says why.
    Of who was erased `isHere` is false, and nothing else is told.
    """

    key: str
    is_here: bool
    has: list[CalledResource]
    lacks: list[CalledResource]
    per_cent: int | None
    decision: str
    reason: str


class ListedPersonPage(PageOf):
    """One page of the people of a list."""

    items: list[ListedPersonResource]


class PeopleOrder(Paging):
    """Which page of the people, and in which order: none that means something, or who has most of what is asked first."""

    order: Literal["none", "evidence"] = "none"


class PeopleListGiven(Given):
    """For which work of which organisation, by its name in addresses: `occupation` is a label or a key of the taxonomy in use."""

    organisation: str
    purpose: Literal["internship", "teaching", "job", "retraining", "research"]
    opening: str
    occupation: str


@router.get("/talent-lists", response=PeopleListPage)
def people_lists(request: HttpRequest, query: Query[Paging]) -> PeopleListPage:
    """The lists of the organisations that the asker speaks for; none for others."""
    page = paged(_seen(request), query)
    return PeopleListPage(items=_told(request, *page), **page_facts(request, page))


@router.get("/talent-lists/{number}", response=PeopleListResource)
def people_list(request: HttpRequest, number: RecordNumber) -> PeopleListResource:
    """One list."""
    return _told(request, _one(request, number))[0]


@router.get("/talent-lists/{number}/people", response=ListedPersonPage)
def listed_people(
    request: HttpRequest, number: RecordNumber, query: Query[PeopleOrder]
) -> ListedPersonPage:
    """The people of a list, without names."""
    found = _one(request, number)
    rows = ConsultedPerson.objects.filter(consultation=found)
    by_evidence = query.order == "evidence"
    page = paged(rows.order_by(*(("-gained", "key") if by_evidence else ("key",))), query)
    people = showing.shown(found, list(page), by_evidence=by_evidence)
    items = [_person(each, with_figures=found.scores_at is not None) for each in people]
    return ListedPersonPage(items=items, **page_facts(request, page))


@router.post("/talent-lists", response={201: PeopleListResource}, **LISTS.required)
def make_people_list(
    request: PersonRequest, response: HttpResponse, given: PeopleListGiven
) -> PeopleListResource:
    """Make a list of the people who let the organisation look for this purpose; who made it and of what is written down."""
    mine = Organisation.objects.of(request.user).participants()
    organisation = mine.filter(slug=given.organisation).first()
    if organisation is None:
        raise InvalidInput(
            "organisation", _("You do not speak for a participant of this name.")
        ).at("organisation")
    made = verbs.consult(
        organisation,
        by=request.user,
        purpose=given.purpose,
        opening=given.opening,
        occupation=given.occupation,
        candidates=candidates_for(organisation, given.purpose),
    )
    (shown,) = _told(request, made)
    response["Location"] = shown.links.this
    return shown


@router.post("/talent-lists/{number}/figures", response=PeopleListResource, **LISTS.required)
def show_figures(request: PersonRequest, number: RecordNumber) -> PeopleListResource:
    """Ask for figures beside the evidence; that is written down."""
    verbs.show_scores(_one(request, number), by=request.user)
    return _told(request, _one(request, number))[0]


def _seen(request: HttpRequest) -> "models.QuerySet[Consultation]":
    return Consultation.objects.visible_to(request.user).select_related("organisation")


def _one(request: HttpRequest, number: int) -> Consultation:
    found: Consultation = get_object_or_404(_seen(request), pk=number)
    return found


def _told(request: HttpRequest, *lists: Consultation) -> list[PeopleListResource]:
    occupations = _called(showing.occupations_of(lists))
    return [
        PeopleListResource(
            id=found.pk,
            organisation=found.organisation.slug,
            purpose=found.purpose,
            opening=found.opening,
            occupation=occupation,
            taxonomy=found.taxonomy,
            method=found.method,
            at=found.at,
            figures_at=found.scores_at,
            links=Links.of(request, found, "people_list"),
        )
        for found, occupation in zip(lists, occupations, strict=True)
    ]


def _person(shown: ShownPerson, *, with_figures: bool) -> ListedPersonResource:
    row = shown.row
    is_here = row.person_id is not None
    return ListedPersonResource(
        key=row.key,
        is_here=is_here,
        has=_called(shown.has),
        lacks=_called(shown.lacks),
        per_cent=row.per_cent if with_figures and is_here else None,
        decision=row.decision if is_here else "",
        reason=row.reason if is_here else "",
    )


def _called(labels: Sequence[Called]) -> list[CalledResource]:
    return [CalledResource(label=each.text, language=each.language) for each in labels]
