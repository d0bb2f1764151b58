"""What can be done with figures and courses. Each verb is one transaction with its audit event."""

import hashlib
import json
from collections.abc import Sequence
from typing import Final

from django.db import transaction

from katalysator.cleaning import plain_line
from katalysator.coalition.models import Person
from katalysator.core import audit
from katalysator.core.actors import Actor
from katalysator.core.lengths import require_short
from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.talent.models import Figure, FigureSet, LearningCourse, WorkGroup
from katalysator.talent.taxonomies.permissions import allow
from katalysator.talent.taxonomies.starter import ExampleCourse
from katalysator.talent.work.figure_files import FigureFiles

_SOURCES: Final = {
    FigureSet.Kind.PAY: "CBS StatLine 85517NED",
    FigureSet.Kind.DEMAND: "UWV",
    FigureSet.Kind.OPEN: "CBS StatLine",
}
_LEVELS: Final = {"mbo-1": 1, "mbo-2": 2, "mbo-3": 3, "mbo-4": 4, "hbo": 6, "wo": 6}
"""The level of the Dutch framework (NLQF) of a course, by what it is called."""


@transaction.atomic
def take_in_figures(
    figure_files: FigureFiles, *, by: Actor, source: str = "", period: str = ""
) -> list[FigureSet]:
    """Keep figures in the place of those of the same kind, and what stands in which group; all or nothing.

    `source` and `period` where the files do not say. Raises NotAllowed, InvalidInput.
    """
    allow(by)
    for code, name in figure_files.names.items():
        WorkGroup.objects.update_or_create(code=code, defaults={"name": name[:200]})
    for code, isco in figure_files.isco.items():
        group, _made = WorkGroup.objects.get_or_create(code=code, defaults={"name": code})
        group.isco = sorted(isco)
        group.save(update_fields=["isco"])
        audit.record("figures.group", group, by=by, after={"isco": group.isco})
    return [
        _kept(kind, figure_files, plain_line(source), plain_line(period), by)
        for kind in figure_files.figures
    ]


@transaction.atomic
def add_example_courses(courses: Sequence[ExampleCourse], *, by: Actor) -> int:
    """Add the courses of the example, whose schools do not exist. Raises NotAllowed."""
    allow(by)
    made = LearningCourse.objects.bulk_create(
        LearningCourse(
            key=each.key,
            title_nl=each.titles["nl"],
            title_en=each.titles["en"],
            school=each.school,
            level=_LEVELS[each.level],
            hours=each.hours,
            cost=each.cost,
            teaches=list(each.teaches),
            asks=list(each.asks),
            is_example=True,
        )
        for each in courses
    )
    audit.record_all(
        "course.add",
        [audit.Deed(each, after={"key": each.key}) for each in made],
        by=by,
        chain=LearningCourse._meta.app_label,
    )
    return len(made)


def _kept(kind: str, files: FigureFiles, source: str, period: str, by: Actor) -> FigureSet:
    period = period or files.periods.get(kind, "")
    if not period:
        raise InvalidInput(
            "figures-period",
            _("The figures do not tell of which period they are."),
            hint=_("Say which year or quarter it is."),
        ).at("period")
    rows = files.figures[kind]
    told = json.dumps([(row.group, row.region, row.values) for row in rows], sort_keys=True)
    FigureSet.objects.filter(kind=kind).delete()
    made = FigureSet(
        kind=kind,
        source=source or _SOURCES[FigureSet.Kind(kind)],
        period=period,
        digest=hashlib.sha256(told.encode()).hexdigest(),
        taken_in_by=by if isinstance(by, Person) else None,
    )
    require_short(made.source, FigureSet, "source")
    require_short(made.period, FigureSet, "period")
    made.save()
    Figure.objects.bulk_create(
        Figure(figures=made, group=row.group, region=row.region[:60], values=dict(row.values))
        for row in rows
    )
    after = {"kind": made.kind, "source": made.source, "period": made.period, "rows": len(rows)}
    audit.record("figures.take-in", made, by=by, after={**after, "digest": made.digest})
    return made
