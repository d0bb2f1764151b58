"""What the bureau does with courses. Each verb is one transaction with its event."""

from collections.abc import Sequence
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from katalysator.core import audit
from katalysator.core.actors import Actor
from katalysator.core.rows import locked, require_sound
from katalysator.faults import Conflict, InvalidInput, gettext_noop as _
from katalysator.talent.courses.content import CourseContent, checked_course
from katalysator.talent.models import LearningCourse
from katalysator.talent.taxonomies.current import current_taxonomy
from katalysator.talent.taxonomies.permissions import allow

MOST_AT_ONCE: Final = 2_000
CHANGED: Final = "course.change"
"""What is written down of a change, which can be undone as long as it is the last thing."""
_GONE: Final = _("This course is not here any more.")


@transaction.atomic
def add_course(course_content: CourseContent, *, by: Actor) -> LearningCourse:
    """Add a course that can be followed. Raises NotAllowed, InvalidInput at its field, Conflict."""
    allow(by)
    said = checked_course(course_content, current_taxonomy())
    if _there(said):
        raise Conflict(
            "course-there",
            _("This school has a course with this title already."),
            hint=_("Change that one, or give this one another title."),
        )
    row = LearningCourse(key=_key(said.title_nl), **said.fields())
    require_sound(row)
    row.save()
    audit.record("course.add", row, by=by, after={"key": row.key, **said.fields()})
    return row


@transaction.atomic
def add_courses(courses: Sequence[CourseContent], *, by: Actor) -> list[LearningCourse]:
    """Add the courses of a sheet, all or none. Raises NotAllowed, InvalidInput and Conflict with the line."""
    allow(by)
    if len(courses) > MOST_AT_ONCE:
        raise InvalidInput(
            "courses-many",
            _("These are more than %(most)s courses."),
            hint=_("Give them in several sheets."),
            most=MOST_AT_ONCE,
        ).at("file")
    made = []
    for number, each in enumerate(courses, 1):
        try:
            made.append(add_course(each, by=by))
        except (InvalidInput, Conflict) as fault:
            raise InvalidInput(
                "course-wrong",
                _("Course %(number)s of the sheet: %(why)s"),
                hint=_("Mend the sheet and give it again: nothing was taken in."),
                number=number,
                why=fault.sentence if isinstance(fault, InvalidInput) else str(fault),
            ).at("file") from fault
    return made


@transaction.atomic
def change_course(
    learning_course: LearningCourse, course_content: CourseContent, *, by: Actor
) -> LearningCourse:
    """Let a course say something else; its key stays. Raises NotAllowed, InvalidInput at its field, Conflict."""
    allow(by)
    row = locked(learning_course, _GONE)
    before = CourseContent.of(row)
    said = checked_course(course_content, current_taxonomy(), [*before.teaches, *before.asks])
    _put(row, said)
    audit.record_edit(CHANGED, row, by=by, before=before.fields(), after=said.fields())
    return row


@transaction.atomic
def undo_change(learning_course: LearningCourse, *, by: Actor) -> LearningCourse:
    """Let a course say what it did before its last change, if nothing was done with it since. Raises NotAllowed, Conflict."""
    allow(by)
    row = locked(learning_course, _GONE)
    last = audit.histories([row]).order_by("-pk").first()
    if last is None or last.verb != CHANGED:
        raise Conflict("course-unchanged", _("There is no change to undo."))
    now = CourseContent.of(row).fields()
    before = now | {name: value for name, value in last.before.items() if name in now}
    _put(row, CourseContent(**before))
    audit.record_edit("course.undo", row, by=by, before=now, after=before)
    return row


@transaction.atomic
def end_course(learning_course: LearningCourse, *, by: Actor) -> LearningCourse:
    """Show a course to nobody any more as one that can be followed. Raises NotAllowed, Conflict."""
    allow(by)
    row = locked(learning_course, _GONE)
    if row.ended_at is not None:
        raise Conflict("course-ended", _("This course has ended already."))
    row.ended_at = timezone.now()
    row.save(update_fields=["ended_at"])
    audit.record("course.end", row, by=by, before={"key": row.key})
    return row


@transaction.atomic
def reopen_course(learning_course: LearningCourse, *, by: Actor) -> LearningCourse:
    """Let a course that was ended be followed again. Raises NotAllowed, Conflict."""
    allow(by)
    row = locked(learning_course, _GONE)
    if row.ended_at is None:
        raise Conflict("course-runs", _("This course has not ended."))
    row.ended_at = None
    row.save(update_fields=["ended_at"])
    audit.record("course.reopen", row, by=by, after={"key": row.key})
    return row


def _put(row: LearningCourse, said: CourseContent) -> None:
    if _there(said, row):
        raise Conflict(
            "course-there",
            _("This school has a course with this title already."),
            hint=_("Change that one, or give this one another title."),
        )
    for name, value in said.fields().items():
        setattr(row, name, value)
    require_sound(row)
    row.save()


def _there(said: CourseContent, but: LearningCourse | None = None) -> bool:
    same = LearningCourse.objects.filter(title_nl=said.title_nl, school=said.school)
    return (same.exclude(pk=but.pk) if but else same).exists()


def _key(title: str) -> str:
    """A key by a title, that no course has yet."""
    key = slugify(title)[:50].strip("-") or "course"
    taken = set(LearningCourse.objects.filter(key__startswith=key).values_list("key", flat=True))
    free = (name for number in range(1, len(taken) + 2) for name in [_numbered(key, number)])
    return next(name for name in free if name not in taken)


def _numbered(key: str, number: int) -> str:
    return key if number == 1 else f"{key}-{number}"
