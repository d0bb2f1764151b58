"""The API's part on cohorts: those of one's own organisation, and the bureau's own for the bureau."""

from datetime import datetime

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router

from katalysator.core.api import Links, PageOf, Paging, RecordNumber, Resource, page_facts, paged
from katalysator.talent.cohorts import told
from katalysator.talent.models import Cohort

router = Router(tags=["talent"], by_alias=True)


class CohortSummary(Resource):
    """A cohort, and how far its job is: `done` of `stages`."""

    id: int
    name: str
    state: str
    done: int
    stages: int
    made_at: datetime
    computed_at: datetime | None
    links: Links


class CohortPage(PageOf):
    """One page of cohorts, the newest first."""

    items: list[CohortSummary]


class CohortScenario(Resource):
    """What a way to place people gives: how many, and the mean and the lowest share of what work asks for that they have."""

    name: str
    placed: int
    mean: float
    lowest: float
    with_course: int
    proof: str


class CohortResource(CohortSummary):
    """A cohort with its scenarios side by side; none before it is computed. Who goes where stands in the download alone."""

    people: int
    least: int
    scenarios: list[CohortScenario]


@router.get("/cohorts", response=CohortPage)
def cohorts(request: HttpRequest, query: Query[Paging]) -> CohortPage:
    """The cohorts that the asker works with; none for others."""
    rows = Cohort.objects.visible_to(request.user)
    page = paged(rows.defer("people", "openings", "figures", "earlier"), query)
    return CohortPage(items=[_summary(request, each) for each in page], **page_facts(request, page))


@router.get("/cohorts/{number}", response=CohortResource)
def cohort(request: HttpRequest, number: RecordNumber) -> CohortResource:
    """One cohort."""
    found: Cohort = get_object_or_404(Cohort.objects.visible_to(request.user), pk=number)
    rows = told.scenarios(found) if found.state == "computed" else []
    return CohortResource(
        **_summary(request, found).model_dump(),
        people=len(found.people),
        least=found.least,
        scenarios=[
            CohortScenario(
                name=each.name,
                placed=each.placed,
                mean=each.mean,
                lowest=each.lowest,
                with_course=each.with_course,
                proof=each.proof,
            )
            for each in rows
        ],
    )


def _summary(request: HttpRequest, found: Cohort) -> CohortSummary:
    return CohortSummary(
        id=found.pk,
        name=found.name,
        state=found.state,
        done=found.done,
        stages=found.stages,
        made_at=found.made_at,
        computed_at=found.computed_at,
        links=Links.of(request, found, "cohort"),
    )
