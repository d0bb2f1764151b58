"""Addresses of pages of the data space: those of each part."""

from katalysator.dataspace.arrivals import urls as arrivals
from katalysator.dataspace.catalogues import urls as catalogues
from katalysator.dataspace.logs import urls as logs
from katalysator.dataspace.processes import urls as processes

urlpatterns = [
    *arrivals.urlpatterns,
    *catalogues.urlpatterns,
    *logs.urlpatterns,
    *processes.urlpatterns,
]
