"""What the bureau does with courses. Each verb is one transaction with its event."""

from collections.abc import Collection, Sequence
from itertools import chain, count
from typing import Final

from django.db import connection, transaction
from django.utils import timezone
from django.utils.text import slugify

from katalysator.core import audit
from katalysator.core.actors import Actor
from katalysator.core.rows import locked, require_fit, require_sound
from katalysator.faults import Conflict, InvalidInput, gettext_noop as _
from katalysator.talent.courses.changes import CHANGED, may_undo
from katalysator.talent.courses.content import CourseContent, checked_course
from katalysator.talent.models import LearningCourse
from katalysator.talent.models.learning import TITLE_THERE
from katalysator.talent.taxonomies.current import current_taxonomy
from katalysator.talent.taxonomies.local import known_skills
from katalysator.talent.taxonomies.permissions import allow

_GONE: Final = _("This course is not here any more.")


@transaction.atomic
def add_course(course_content: CourseContent, *, by: Actor) -> LearningCourse:
    """Add a course that can be followed. Raises NotAllowed, InvalidInput at its field."""
    allow(by)
    _lock_table()
    said = checked_course(course_content, known_skills(current_taxonomy()))
    row = LearningCourse(key=_key(said.title_nl, _keys()), **said.fields())
    require_sound(row)
    row.save()
    audit.record("course.add", row, by=by, after={"key": row.key, **said.fields()})
    return row


@transaction.atomic
def add_courses(courses: Sequence[CourseContent], *, by: Actor) -> list[LearningCourse]:
    """Add the courses of a sheet, all or none. Raises NotAllowed, InvalidInput with the number of the course.

    Cost: eight queries and a savepoint.
    """
    allow(by)
    _lock_table()
    skills, keys = known_skills(current_taxonomy()), _keys()
    there = set(LearningCourse.objects.values_list("school", "title_nl"))
    made = []
    for number, each in enumerate(courses, 1):
        try:
            said = checked_course(each, skills)
            row = LearningCourse(key=_key(said.title_nl, keys), **said.fields())
            require_fit(row)
            _require_new(row, there)
        except InvalidInput as fault:
            raise InvalidInput(
                "course-wrong",
                _("Course %(number)s of the sheet: %(why)s"),
                hint=_("Mend the sheet and give it again: nothing was taken in."),
                number=number,
                why=fault.sentence,
            ).at("file") from fault
        there.add((row.school, row.title_nl))
        keys.add(row.key)
        made.append(row)
    LearningCourse.objects.bulk_create(made)
    deeds = [
        audit.Deed(row, after={"key": row.key, **CourseContent.of(row).fields()}) for row in made
    ]
    audit.record_all("course.add", deeds, by=by, chain=LearningCourse._meta.app_label)
    return made


@transaction.atomic
def change_course(
    learning_course: LearningCourse,
    course_content: CourseContent,
    *,
    by: Actor,
    seen: int | None = None,
) -> LearningCourse:
    """Let a course say something else; its key stays, and so may keys of skills that it named.

    `seen` is the newest event that the changer knows of. Raises NotAllowed, InvalidInput at its field, Conflict.
    """
    allow(by)
    _lock_table()
    row = locked(learning_course, _GONE)
    audit.require_seen(row, seen)
    before = CourseContent.of(row)
    named = {key: key for key in (*before.teaches, *before.asks)}
    said = checked_course(course_content, {**known_skills(current_taxonomy()), **named})
    if said.fields() != before.fields():
        _put(row, said)
        audit.record_edit(CHANGED, row, by=by, before=before.fields(), after=said.fields())
    return row


@transaction.atomic
def undo_change(learning_course: LearningCourse, *, by: Actor) -> LearningCourse:
    """Let a course say what it did before its last change, if nothing was done with it since.

    Raises NotAllowed, Conflict, and InvalidInput where another has its title by now.
    """
    allow(by)
    _lock_table()
    row = locked(learning_course, _GONE)
    if not may_undo(row):
        raise Conflict("course-unchanged", _("There is no change to undo."))
    last = audit.history(row).latest("pk")
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
    for name, value in said.fields().items():
        setattr(row, name, value)
    require_sound(row)
    row.save()


def _require_new(row: LearningCourse, there: Collection[tuple[str, str]]) -> None:
    if (row.school, row.title_nl) in there:
        raise InvalidInput("course-there", TITLE_THERE)


def _lock_table() -> None:
    """Let nobody else give a course a title until the transaction ends; courses are still read."""
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {LearningCourse._meta.db_table} IN EXCLUSIVE MODE")


def _keys() -> set[str]:
    return set(LearningCourse.objects.values_list("key", flat=True))


def _key(title: str, taken: Collection[str]) -> str:
    """A key by a title, that no course has yet."""
    key = slugify(title)[:50].strip("-") or "course"
    names = chain([key], (f"{key}-{number}" for number in count(2)))
    return next(name for name in names if name not in taken)
