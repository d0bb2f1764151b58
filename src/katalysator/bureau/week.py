"""What changed in a week, told from the audit trail: how often, how that was the week before, and what was it about."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final, NamedTuple

from django.apps import apps
from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from katalysator.coalition.models import Person
from katalysator.core.language import translate
from katalysator.core.models import Event
from katalysator.faults import gettext_noop as _

_WEEK: Final = timedelta(days=7)
_NAMED: Final = 5
"""So many of each kind are named, the newest."""


@dataclass(frozen=True, slots=True)
class News:
    """A kind of thing that happens: its English name, and the verbs of the trail that mean it."""

    msgid: str
    verbs: tuple[str, ...]

    @property
    def label(self) -> str:
        """It in the active language."""
        return translate(self.msgid)


NEWS: Final[Sequence[News]] = (
    News(_("Applications that came in"), ("application.confirm",)),
    News(_("Organisations that joined"), ("organisation.join",)),
    News(_("Organisations that left or were suspended"), ("organisation.leave", "organisation.suspend")),
    News(_("People who joined an organisation"), ("person.join",)),
    News(_("What participants brought"), ("organisation.bring",)),
    News(_("Needs and offers published"), ("listing.publish", "listing.reopen")),
    News(_("Needs and offers that found somebody"), ("listing.settle",)),
    News(_("Introductions proposed"), ("introduction.propose",)),
    News(_("Introductions to which all said yes"), ("introduction.introduce",)),
    News(_("Results of introductions"), ("introduction.finish",)),
    News(_("Questions asked"), ("question.ask", "question.confirm")),
    News(_("Questions answered"), ("question.answer",)),
    News(_("Activities announced"), ("activity.announce",)),
    News(_("Activities held"), ("activity.hold",)),
    News(_("Activities cancelled"), ("activity.cancel",)),
    News(_("Registrations for activities"), ("enrolment.register",)),
    News(_("Knowledge shared"), ("knowledge.publish",)),
    News(_("Knowledge that others use"), ("knowledge.use",)),
    News(_("Working groups that started"), ("group.admit",)),
    News(_("Minutes adopted"), ("meeting.adopt",)),
    News(_("Decisions of working groups"), ("decision.take",)),
)  # fmt: skip


class ToldNews(NamedTuple):
    """A kind of news in a week: how often, how often the week before, and the newest by name and address."""

    label: str
    times: int
    before: int
    subjects: list[tuple[str, str]]


def week_of(said: str) -> date:
    """The Monday of a week such as “2026-W48”; that of today for anything else, and for weeks to come."""
    today = timezone.localdate()
    this = today - timedelta(days=today.weekday())
    try:
        year, week = said.split("-W")
        monday = date.fromisocalendar(int(year), int(week), 1)
    except ValueError:
        return this
    return min(monday, this) if monday.year > 1 else this


def week_name(monday: date) -> str:
    """The week as it stands in addresses (ISO 8601)."""
    return monday.strftime("%G-W%V")


def told(monday: date, reader: Person) -> list[ToldNews]:
    """The news of a week, but for kinds of which there was none in it nor before.

    Subjects are named as far as the reader may see them. Cost: two queries, and one a kind of record.
    """
    start, end = _moment(monday), _moment(monday + _WEEK)
    counts, before = _counts(start, end), _counts(_moment(monday - _WEEK), start)
    names = _names(_newest(start, end), reader)
    lines = (
        ToldNews(each.label, _sum(counts, each), _sum(before, each), [*_subjects(names, each)])
        for each in NEWS
    )
    return [line for line in lines if line.times or line.before]


def _moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _counts(start: datetime, end: datetime) -> Mapping[str, int]:
    within = Event.objects.filter(at__gte=start, at__lt=end)
    return dict(within.order_by().values_list("verb").annotate(Count("pk")))


def _sum(counts: Mapping[str, int], news: News) -> int:
    return sum(counts.get(verb, 0) for verb in news.verbs)


def _newest(start: datetime, end: datetime) -> list[Event]:
    verbs = [verb for each in NEWS for verb in each.verbs]
    place = Window(RowNumber(), partition_by=[F("verb")], order_by=F("pk").desc())
    within = Event.objects.filter(Q(at__gte=start, at__lt=end), verb__in=verbs)
    newest = within.annotate(place=place).filter(place__lte=_NAMED).values("pk")
    return list(Event.objects.filter(pk__in=newest).order_by("-pk"))


def _names(
    events: Sequence[Event], reader: Person
) -> Mapping[str, Mapping[tuple[str, str], tuple[str, str]]]:
    """Name and address of each subject, by verb, the newest first."""
    by_kind: dict[str, set[str]] = defaultdict(set)
    for event in events:
        by_kind[event.subject_type].add(event.subject_id)
    found = {kind: dict(_records(kind, numbers, reader)) for kind, numbers in by_kind.items()}
    named: dict[str, dict[tuple[str, str], tuple[str, str]]] = defaultdict(dict)
    for event in events:
        if shown := found[event.subject_type].get(event.subject_id):
            named[event.verb][event.subject_type, event.subject_id] = shown
    return named


def _records(
    kind: str, numbers: Iterable[str], reader: Person
) -> Iterator[tuple[str, tuple[str, str]]]:
    """Those of a kind that have a page and that the reader may see."""
    model: Any = apps.get_model(kind)
    seen = getattr(model._default_manager, "visible_to", None)
    if seen is None or not hasattr(model, "get_absolute_url"):
        return
    for record in seen(reader).filter(pk__in=list(numbers)):
        yield str(record.pk), (str(record), record.get_absolute_url())


def _subjects(
    named: Mapping[str, Mapping[tuple[str, str], tuple[str, str]]], news: News
) -> Iterator[tuple[str, str]]:
    merged = {key: shown for verb in news.verbs for key, shown in named.get(verb, {}).items()}
    return iter([*merged.values()][:_NAMED])
