"""What of this room a coalition can take along."""

from katalysator.core.exports import export
from katalysator.faults import gettext_noop as _
from katalysator.matches.models import GapCount, Match

export(Match, "matches", _("Which needs and offers fit, with the score and its parts."))
export(GapCount, "gap-counts", _("How much lacked, day by day, by market and area."))
