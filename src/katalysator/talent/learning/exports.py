"""What of pilots a coalition can take along."""

from katalysator.core.exports import export
from katalysator.faults import gettext_noop as _
from katalysator.talent.models import LearningPilot

export(LearningPilot, "learning-pilots", _("Pilots of life-long learning."))
