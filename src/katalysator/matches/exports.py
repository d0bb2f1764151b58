"""What of this room a coalition can take along."""

from katalysator.core.exports import export
from katalysator.faults import gettext_noop as _
from katalysator.matches.models import Match

export(Match, "matches", _("Which needs and offers fit, with the score and its parts."))
