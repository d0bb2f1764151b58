"""Background work of this room: that of each part."""

from katalysator.talent.oversight import tasks as of_oversight

__all__ = ("of_oversight",)
