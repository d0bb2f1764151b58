"""Who may do what in this room: each part says it for itself."""

from katalysator.talent.learning import rules as of_learning
from katalysator.talent.oversight import rules as of_oversight

__all__ = ("of_learning", "of_oversight")
