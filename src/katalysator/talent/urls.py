"""Addresses of talent: those of each part."""

from katalysator.talent.cohorts import urls as cohorts
from katalysator.talent.profiles import urls as profiles

urlpatterns = [
    *cohorts.urlpatterns,
    *profiles.urlpatterns,
]
