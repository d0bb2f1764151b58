"""A sheet of how far people of a pilot came: a key, a stage and a day; taken in whole or not at all."""

from datetime import date
from typing import Final

from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.importing.reading import GivenFile
from katalysator.importing.whole import read_whole
from katalysator.tables import kinds
from katalysator.tables.fields import Field, SheetOf
from katalysator.tables.records import Record
from katalysator.talent.learning.verbs import StageReport
from katalysator.talent.models import LearningStage

_LONGEST: Final = 200
_STAGES: Final = {
    **dict.fromkeys(("reached", "bereikt"), ("reached",)),
    **dict.fromkeys(("started", "gestart", "begonnen"), ("started",)),
    **dict.fromkeys(("completed", "afgerond", "voltooid", "klaar"), ("completed",)),
    **dict.fromkeys(("placed", "geplaatst", "aan het werk"), ("placed",)),
}
_KEY: Final = Field(
    "key",
    kinds.Title(_LONGEST),
    (
        "sleutel",
        "key",
        "nr",
        "nummer",
        "number",
        "id",
        "code",
        "e-mail",
        "email",
        "personeelsnummer",
    ),
)
_STAGE: Final = Field(
    "stage", kinds.LabelsIn(_STAGES, is_open=False), ("stap", "fase", "stage", "status", "stand")
)
_DAY: Final = Field("day", kinds.DaysIn(), ("dag", "datum", "day", "date", "op", "on"))
STAGES_SHEET: Final = SheetOf((_KEY, _STAGE, _DAY), says=("key",))


def read_stages(file: GivenFile) -> list[StageReport]:
    """The lines of a sheet, all or none. Raises InvalidInput, with the line."""
    missing = InvalidInput(
        "column-missing",
        _("A column is missing: a sheet has a key, a stage and a day."),
        hint=_("Name the columns “key”, “stage” and “day”."),
    )
    read = read_whole(file, STAGES_SHEET, ("key", "stage", "day"), missing)
    return [_report(each) for each in read.records]


def _report(record: Record) -> StageReport:
    number = record.line.number
    key, days = str(record.get("key") or ""), record.get("day")
    named = next(iter(record.get("stage", ())), "")
    stage = {each.name.lower(): each.value for each in LearningStage.Stage}.get(named)
    day: date | None = days.start if days is not None else None
    if not key:
        raise InvalidInput("key-missing", _("Line %(line)s has no key of a person."), line=number)
    if stage is None:
        raise InvalidInput(
            "stage-unknown",
            _("Line %(line)s has no stage that we know."),
            hint=_("A stage is reached, started, completed or placed."),
            line=number,
        )
    if day is None:
        raise InvalidInput("day-missing", _("Line %(line)s has no day."), line=number)
    return StageReport(key, stage, day)
