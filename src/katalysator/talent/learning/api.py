"""The API of the monitor of learning: what it tells, and how far people of a pilot came, to be reported by programs."""

from datetime import date
from typing import Annotated, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router
from ninja.params.functions import Path
from pydantic import Field

from katalysator.coalition.models import PersonRequest
from katalysator.coalition.writing_api import ORGANISATIONS
from katalysator.core.api import Resource
from katalysator.core.api_writing import Given
from katalysator.talent.learning import verbs
from katalysator.talent.learning.monitor import GOAL, GOAL_SOURCE, MonitorRow, monitor
from katalysator.talent.learning.verbs import StageReport
from katalysator.talent.models import LearningPilot, LearningStage

router = Router(tags=["talent"], by_alias=True)
_NUMBER = Annotated[int, Path(alias="id", ge=1, le=2**63 - 1)]
_MOST = 2_000


class MonitorRowResource(Resource):
    """How many people came to each stage, in all or in a region, sector, group of skills or pilot; null where it is not told."""

    by: str
    name: str
    reached: int | None
    started: int | None
    completed: int | None
    placed: int | None
    target: int | None


class MonitorResource(Resource):
    """The monitor of learning at the end of a month, and how many people have to learn anew."""

    until: date
    goal: int
    goal_source: str
    rows: list[MonitorRowResource]


class StageGiven(Given):
    """That a person came as far as a stage on a day; the key is not kept."""

    key: str = Field(max_length=200)
    stage: Literal["reached", "started", "completed", "placed"]
    on: date


class StagesGiven(Given):
    """How far people came, taken in whole or not at all."""

    stages: list[StageGiven] = Field(max_length=_MOST)


class ReportedResource(Resource):
    """How many of the lines said something new."""

    lines: int
    new: int


@router.get("/learning-monitor", response=MonitorResource)
def learning_monitor(request: HttpRequest) -> MonitorResource:  # noqa: ARG001 — the router gives it
    """How many people pilots of learning reached, and how many of them started, completed and found a place."""
    found = monitor()
    return MonitorResource(
        until=found.day,
        goal=GOAL,
        goal_source=GOAL_SOURCE,
        rows=[_row(each) for each in found.rows],
    )


@router.post(
    "/learning-pilots/{id}/stages", response={201: ReportedResource}, **ORGANISATIONS.required
)
def report_stages(request: PersonRequest, pk: _NUMBER, given: StagesGiven) -> ReportedResource:
    """Report how far people of a pilot came."""
    pilot = get_object_or_404(LearningPilot.objects.kept_by(request.user), pk=pk)
    rows = [
        StageReport(each.key, LearningStage.Stage[each.stage.upper()].value, each.on)
        for each in given.stages
    ]
    new = verbs.report(pilot, rows, by=request.user)
    return ReportedResource(lines=len(rows), new=new)


def _row(row: MonitorRow) -> MonitorRowResource:
    stages = ("reached", "started", "completed", "placed")
    return MonitorRowResource(
        by=row.by, name=row.name, target=row.target, **dict(zip(stages, row.counts, strict=True))
    )
