"""A sheet of courses: title, school, hours, cost, and the skills that one learns; taken in whole or not at all."""

from typing import Final

from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.importing.reading import GivenFile
from katalysator.importing.whole import read_whole
from katalysator.tables import kinds
from katalysator.tables.fields import Field, SheetOf
from katalysator.tables.records import Record
from katalysator.talent.courses.content import CourseContent
from katalysator.talent.models.learning import MOST_COST, MOST_HOURS

_LONGEST: Final = 160
_LONGEST_ADDRESS: Final = 200
_HIGHEST_LEVEL: Final = 8
_FIELDS: Final = (
    Field(
        "title_nl",
        kinds.Title(_LONGEST),
        ("titel", "cursus", "title_nl", "titel nederlands", "title"),
    ),
    Field("title_en", kinds.Title(_LONGEST), ("title_en", "titel engels", "english title")),
    Field("school", kinds.Title(_LONGEST), ("school", "aanbieder", "provider", "opleider")),
    Field("url", kinds.Title(_LONGEST_ADDRESS), ("url", "adres", "website", "link")),
    Field("level", kinds.Count(_HIGHEST_LEVEL), ("niveau", "nlqf", "level")),
    Field("hours", kinds.Count(MOST_HOURS), ("uren", "studie-uren", "hours", "studielast")),
    Field("cost", kinds.Count(MOST_COST), ("kosten", "prijs", "cost", "price", "euro")),
    Field("teaches", kinds.LabelsIn({}), ("leert", "teaches", "vaardigheden", "skills")),
    Field("asks", kinds.LabelsIn({}), ("vraagt", "vooraf", "asks", "needs first")),
)
COURSES_SHEET: Final = SheetOf(_FIELDS, says=("title_nl", "school"))
_NEEDED: Final = ("title_nl", "school", "hours", "teaches")


def read_courses(file: GivenFile) -> list[CourseContent]:
    """The courses in a sheet, all or none. Raises InvalidInput, with the line."""
    missing = InvalidInput(
        "column-missing",
        _("A column is missing: a sheet has title, school, hours and teaches at least."),
        hint=_("Name the columns “title”, “school”, “hours” and “teaches”."),
    )
    read = read_whole(file, COURSES_SHEET, _NEEDED, missing)
    for remark in read.remarks:  # a price that was not understood would be no price
        raise InvalidInput(
            "cell-wrong",
            _("A cell was not understood: %(why)s"),
            hint=_("Mend the sheet and give it again: nothing was taken in."),
            why=str(remark),
        )
    return [_course(each) for each in read.records]


def _course(record: Record) -> CourseContent:
    return CourseContent(
        title_nl=record.get("title_nl") or "",
        title_en=record.get("title_en") or "",
        school=record.get("school") or "",
        url=record.get("url") or "",
        level=int(record.get("level") or 0),
        hours=int(record.get("hours") or 0),
        cost=int(record.get("cost") or 0),
        teaches=list(record.get("teaches", ())),
        asks=list(record.get("asks", ())),
    )
