"""What of this room a coalition can take along: what parties say and plan stays between them."""

from katalysator.core.exports import export
from katalysator.faults import gettext_noop as _
from katalysator.introductions.models import Introduction, MeetingRule, Party

export(
    Introduction,
    "introductions",
    _("Who was asked to meet, and what came of it; without what the parties said."),
    personal=("proposer",),
)
export(Party, "parties", _("Who was asked to meet."), personal=("person", "contact"))
export(MeetingRule, "meeting-rules", _("Which kind of organisation does not propose to which."))
