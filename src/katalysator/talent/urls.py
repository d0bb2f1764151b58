"""Addresses of talent: those of each part."""

from katalysator.talent.profiles import urls as profiles

urlpatterns = [*profiles.urlpatterns]
