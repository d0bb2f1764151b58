"""What of this room a coalition can take along."""

from katalysator.core.exports import export
from katalysator.faults import gettext_noop as _
from katalysator.talent.models import KeyRedirect, LearningCourse, LocalConcept

export(
    LocalConcept,
    "own-occupations-and-skills",
    _("Occupations and skills that the coalition added to the taxonomy of work."),
)
export(
    KeyRedirect,
    "redirects-of-keys",
    _("What became of keys of earlier versions of a taxonomy, as the bureau said."),
)
export(LearningCourse, "courses", _("Courses, by the skills that they teach."))
