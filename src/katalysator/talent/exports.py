"""What of this room a coalition can take along: each part says it for itself."""

from katalysator.talent.learning import exports as of_learning
from katalysator.talent.taxonomies import exports as of_taxonomies

__all__ = ("of_learning", "of_taxonomies")
