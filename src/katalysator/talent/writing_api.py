"""The API of talent: that of each part."""

from katalysator.talent.profiles.writing_api import router

__all__ = ("router",)
