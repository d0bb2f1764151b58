"""The API of talent: that of each part."""

from katalysator.talent.learning.api import router

__all__ = ("router",)
