"""Addresses of the pages of the data space: those of each part."""

from katalysator.dataspace.harvest import urls as harvest

urlpatterns = [
    *harvest.urlpatterns,
]
