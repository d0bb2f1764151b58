"""The tables of this room: questions, who got them, and what was said."""

from katalysator.questions.models.questions import Question
from katalysator.questions.models.replies import Reply
from katalysator.questions.models.routings import Routing

__all__ = ["Question", "Reply", "Routing"]
