"""What of this room a coalition can take along."""

from katalysator.core.exports import export
from katalysator.faults import gettext_noop as _
from katalysator.grades.models import Grade, LearnedWeights

export(Grade, "grades", _("What people said of pairs."))
export(LearnedWeights, "learned-weights", _("How much each part of a score counts, as learned."))
