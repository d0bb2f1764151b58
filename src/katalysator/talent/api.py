"""The API of talent: that of each part."""

from katalysator.talent.cohorts.api import router

__all__ = ("router",)
