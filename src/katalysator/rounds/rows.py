"""What all deeds on rounds and days of talks share: a row goes to its next state, and the trail gets a line."""

from typing import Any, TypeVar

from katalysator.core import audit
from katalysator.core.actors import Actor
from katalysator.core.workflow import Workflow
from katalysator.rounds.models.computed import ComputedByJob

ComputedT = TypeVar("ComputedT", bound=ComputedByJob)


def stepped(
    workflow: Workflow, row: ComputedT, deed: str, by: Actor, then: dict[str, Any]
) -> ComputedT:
    """Take what is locked to its next state; `then` is what else changes. Raises Conflict."""
    stated: Any = row
    before = stated.state
    stated.state = workflow.transition(before, deed).target
    for name, value in then.items():
        setattr(row, name, value)
    row.save()
    audit.record_step(workflow, deed, row, by=by, before=before)
    return row
