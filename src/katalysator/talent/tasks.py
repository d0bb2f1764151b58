"""Background work of this room: that of each part."""

from katalysator.talent.taxonomies import tasks as of_taxonomies

__all__ = ("of_taxonomies",)
