"""Draws what the code knows into the docs: the life of each kind of record, from its one table of states."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from katalysator.activities.workflow import ACTIVITY, CHOICE, ENROLMENT
from katalysator.admission.joining.workflow import JOINING
from katalysator.admission.workflow import APPLICATION
from katalysator.bureau.workflow import BULK, MAILING
from katalysator.coalition.workflow import PARTICIPATION
from katalysator.core.workflow import Workflow
from katalysator.groups.members.workflow import MEMBERSHIP
from katalysator.groups.papers.workflow import MEETING, TASK
from katalysator.groups.workflow import GROUP
from katalysator.introductions.workflow import INTRODUCTION
from katalysator.knowledge.workflow import KNOWLEDGE, REVIEWING
from katalysator.listings.workflow import LISTING
from katalysator.questions.workflow import QUESTION
from katalysator.rounds.meeting.workflow import MEETING_DAY
from katalysator.rounds.workflow import MATCHING_ROUND
from katalysator.talent.oversight.workflow import OBJECTION
from katalysator.talent.profiles.workflow import EVIDENCE
from katalysator.webhooks.workflow import WEBHOOK

DOCS: Final = Path(__file__).parents[1] / "docs"
LIVES: Final[Mapping[str, tuple[str, str, str, Workflow]]] = {
    "bulk-life.md": ("The life of a deed for many", "bureau", "bureau/bulk/verbs.py", BULK),
    "mailing-life.md": (
        "The life of a letter to many",
        "bureau",
        "bureau/mailing/verbs.py",
        MAILING,
    ),
    "webhook-life.md": ("The life of a webhook", "webhooks", "webhooks/verbs.py", WEBHOOK),
    "listing-life.md": ("The life of a listing", "listings", "listings/verbs.py", LISTING),
    "application-life.md": (
        "The life of an application",
        "admission",
        "admission/verbs.py",
        APPLICATION,
    ),
    "knowledge-life.md": (
        "The life of knowledge",
        "knowledge",
        "knowledge/verbs.py",
        KNOWLEDGE,
    ),
    "review-life.md": (
        "The life of a review",
        "knowledge",
        "knowledge/reviews/verbs.py",
        REVIEWING,
    ),
    "joining-life.md": (
        "How somebody comes to speak for an organisation",
        "admission/joining",
        "admission/joining/verbs.py",
        JOINING,
    ),
    "group-life.md": ("The life of a working group", "groups", "groups/verbs.py", GROUP),
    "group-membership-life.md": (
        "How somebody is in a working group",
        "groups/members",
        "groups/members/verbs.py",
        MEMBERSHIP,
    ),
    "meeting-life.md": (
        "The life of a meeting",
        "groups/papers",
        "groups/papers/verbs.py",
        MEETING,
    ),
    "group-task-life.md": ("The life of a task", "groups/papers", "groups/todo/verbs.py", TASK),
    "activity-life.md": ("The life of an activity", "activities", "activities/verbs.py", ACTIVITY),
    "enrolment-life.md": (
        "How somebody comes to an activity",
        "activities",
        "activities/enrolments/verbs.py",
        ENROLMENT,
    ),
    "choice-life.md": (
        "How places are divided by what people would like",
        "activities",
        "activities/choices/verbs.py",
        CHOICE,
    ),
    "question-life.md": (
        "The life of a question",
        "questions",
        "questions/verbs.py` and `questions/handling/verbs.py",
        QUESTION,
    ),
    "introduction-life.md": (
        "The life of an introduction",
        "introductions",
        "introductions/verbs.py` and `introductions/together.py",
        INTRODUCTION,
    ),
    "matching-round-life.md": (
        "The life of a matching round",
        "rounds",
        "rounds/matching/verbs.py",
        MATCHING_ROUND,
    ),
    "talks-life.md": (
        "The life of a day of talks",
        "rounds/meeting",
        "rounds/meeting/verbs.py",
        MEETING_DAY,
    ),
    "skill-evidence-life.md": (
        "The life of what speaks for a skill",
        "talent/profiles",
        "talent/profiles/evidence/verbs.py",
        EVIDENCE,
    ),
    "objection-life.md": (
        "The life of an objection to a list of people",
        "talent/oversight",
        "talent/oversight/verbs.py",
        OBJECTION,
    ),
    "participation.md": (
        "How an organisation takes part",
        "coalition",
        "coalition/organisations/verbs.py",
        PARTICIPATION,
    ),
}
"""The pages: what each tells of, its room, where its verbs are, and the table."""


def drawn(page: str) -> str:
    """A page as it should be."""
    title, room, verbs, workflow = LIVES[page]
    return f"""# {title}

Drawn from `src/katalysator/{room}/workflow.py` by `make docs`; a test holds the two together.
Who may do what stands there too; what each step does and writes down: `{verbs}`.

```mermaid
{workflow.mermaid()}```
"""


if __name__ == "__main__":
    for each in LIVES:
        (DOCS / each).write_text(drawn(each), "utf-8")
    sys.exit(0)
