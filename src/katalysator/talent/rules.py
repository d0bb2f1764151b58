"""Who may do what in this room: each part says it for itself."""

from katalysator.talent.taxonomies import rules as of_taxonomies

__all__ = ("of_taxonomies",)
