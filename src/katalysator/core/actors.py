"""Who does a deed: a person, or a named part of the house. Nobody does nothing.

What people may is in the `rules.py` of each room; what a part of the house may is said here, by the
names of the same permissions.
"""

from dataclasses import dataclass
from typing import Final, TypeAlias

import rules
from django.contrib.auth.base_user import AbstractBaseUser


@dataclass(frozen=True, slots=True)
class System:
    """A part of the house that acts by itself; `may` names all that it may do."""

    name: str
    may: frozenset[str]


Actor: TypeAlias = AbstractBaseUser | System

CLOCK: Final = System(
    "clock",
    frozenset(
        {
            "listings.expire_listing",
            "admission.forget_application",
            "knowledge.age_item",
            "questions.watch_patience",
            "questions.forget_question",
            "bureau.let_go_out",
            "introductions.watch",
            "webhooks.watch",
            "talent.forget_profile",
        }
    ),
)
"""Time that passes."""
APPLICANT: Final = System("applicant", frozenset({"admission.apply", "admission.keep_application"}))
"""Who wants to take part and has no account: it has the link that was sent to its address."""
ASKER: Final = System("asker", frozenset({"questions.ask", "questions.keep_own"}))
"""Who asks something and has no account: it has the link that was sent to its address."""
ROUTER: Final = System("router", frozenset({"questions.route_question"}))
"""What sends questions to who may know the answer, where it is sure enough."""
_ADMISSION: Final = (
    "coalition.register_organisation", "coalition.admit_person", "coalition.run_participation",
    "coalition.edit_organisation", "coalition.settle_coalition",
)  # fmt: skip
DOORKEEPER: Final = System(
    "doorkeeper", frozenset({"coalition.admit_person", "coalition.manage_people"})
)
"""What opens the door for who was invited, or let in."""
LETTER_LINK: Final = System("letter-link", frozenset({"notices.choose_letters"}))
"""Who follows the link at the end of a letter, logged in or not."""
REMINDER_LINK: Final = System("reminder-link", frozenset({"listings.renew_listing"}))
"""Who follows the link in the reminder that a need or offer ends, logged in or not."""
POSTMAN: Final = System("postman", frozenset({"notices.note_bounce"}))
"""The mail server, with a letter that came back."""
PROVIDER: Final = System("provider", frozenset({"coalition.admit_person", "admission.arrive"}))
"""Where somebody logged in, which vouches for the address and the organisation."""
PARTICIPATION: Final = System("participation", frozenset({"listings.edit_listing"}))
"""That an organisation takes part no longer, with what follows from it."""
SUCCESSION: Final = System(
    "succession", frozenset({"groups.mend_groups", "groups.chair_group", "webhooks.watch"})
)
"""That somebody is gone: what they led goes on, and what they kept waits for somebody else."""
SEATS: Final = System("seats", frozenset({"activities.fill_places"}))
"""The order of a line: what follows where a place comes free."""
OPERATOR: Final = System(
    "operator",
    frozenset(
        {
            *_ADMISSION,
            "coalition.erase_person",
            "readings.change_concepts",
            "coalition.manage_people",
            "talent.keep_taxonomies",
            "talent.replay_list",
        }
    ),
)
"""Whoever has the command line of the house."""
ROUNDS: Final = System(
    "rounds", frozenset({"rounds.carry_on", "introductions.propose", "introductions.take_back"})
)
"""A round that goes out: who made it has approved it as a whole."""
COHORTS: Final = System("cohorts", frozenset({"talent.carry_on_cohort"}))
"""What reckons where a cohort could go."""
SHEETS: Final = System(
    "sheets",
    frozenset(
        {
            "listings.edit_listing",
            "activities.post_activity",
            "knowledge.edit_item",
            "knowledge.write_for_all",
        }
    ),
)
"""A sheet of needs, offers, activities or knowledge, which whoever has the command line takes in as drafts."""
DATA_DESK: Final = System(
    "data-desk", frozenset({"dataspace.share", "dataspace.speak", "listings.edit_listing"})
)
"""What an organisation shares and asks for, as whoever has the command line does it: a dataset is an offer in its market too."""
EXAMPLE: Final = System(
    "example",
    frozenset({
        *_ADMISSION, "listings.edit_listing", "activities.post_activity", "activities.hold_activity",
        "knowledge.edit_item", "knowledge.publish_item", "knowledge.review_item",
        "questions.route_question", "questions.receive_question", "questions.answer_question", "questions.keep_own",
        "introductions.propose", "introductions.answer", "introductions.take_part", "rounds.make_round", "rounds.hold_round",
        "talent.keep_profile", "talent.answer_evidence",
        "talent.keep_taxonomies", "dataspace.share", "dataspace.speak",
    }),
)  # fmt: skip
"""The loader of the example coalition."""


def permits(actor: Actor, permission: str, obj: object = None) -> bool:
    """Whether the actor may do this, with `obj` where the permission is about a record.

    An inactive person may nothing. Raises TypeError for who is neither a person nor a part of the
    house. Cost: that of the rule.
    """
    require(actor)
    if isinstance(actor, System):
        return permission in actor.may
    return actor.is_active and bool(rules.has_perm(permission, actor, obj))


def require(actor: Actor) -> None:
    """Refuse who is neither a person nor a part of the house: None, or a visitor without a name."""
    if not isinstance(actor, AbstractBaseUser | System):
        raise TypeError(f"A deed is done by a person or by a part of the house, not by {actor!r}.")
