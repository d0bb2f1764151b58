"""What people may do with profiles, and the life of what speaks for a skill, as one table."""

from typing import Final

from katalysator.core.workflow import State, Transition, Workflow
from katalysator.faults import gettext_noop as _

KEEP: Final = "talent.keep_profile"
"""What who keeps a profile has: the person whom it is about, and nobody else."""
ANSWER: Final = "talent.answer_evidence"
"""What who is asked whether somebody can do something has."""
LOOK: Final = "talent.look_at_profile"
"""What who may see a profile of another has."""
FORGET: Final = "talent.forget_profile"
"""What the clock has: a profile that nobody touches goes."""

EVIDENCE: Final = Workflow(
    name="skill-evidence",
    states={
        "asked": State(_("Asked, not answered yet")),
        "confirmed": State(_("Confirmed"), frozenset({"speaks"})),
        "declined": State(_("Not confirmed")),
        "withdrawn": State(_("Confirmed before, and taken back")),
        "stated": State(_("Stated by the person, not checked here"), frozenset({"speaks"})),
    },
    transitions=(
        Transition(
            "confirm", ("asked",), "confirmed", ANSWER,
            _("Confirm"), _("Confirmed. Thank you."), _("Confirmed"),
        ),
        Transition(
            "decline", ("asked",), "declined", ANSWER,
            _("Do not confirm"), _("You did not confirm it."), _("Not confirmed"),
        ),
        Transition(
            "take-back", ("confirmed",), "withdrawn", ANSWER,
            _("Take back"), _("Taken back. It does not speak for this skill any more."), _("Taken back"),
        ),
    ),
    other_deeds={"ask": _("Asked"), "state": _("Stated"), "remove": _("Removed")},
)  # fmt: skip
ANSWERABLE: Final = tuple(each for each in EVIDENCE.states if each != "stated")
"""The states of what is asked of others; a certificate is stated, and nothing else."""
SPEAKING: Final = EVIDENCE.tagged("speaks")
"""The states of what says something for a skill."""
