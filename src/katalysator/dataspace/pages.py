"""Addresses of the data space's pages for people, in each language: those of each part."""

from katalysator.dataspace.agreements import urls as agreements
from katalysator.dataspace.arrivals import urls as arrivals
from katalysator.dataspace.canvas import urls as canvas
from katalysator.dataspace.catalogues import urls as catalogues
from katalysator.dataspace.connectors import urls as connectors
from katalysator.dataspace.datasets import urls as datasets
from katalysator.dataspace.delivery import urls as delivery
from katalysator.dataspace.harvest import urls as harvest
from katalysator.dataspace.logs import urls as logs
from katalysator.dataspace.processes import urls as processes

urlpatterns = [
    *agreements.urlpatterns,
    *arrivals.urlpatterns,
    *canvas.urlpatterns,
    *catalogues.urlpatterns,
    *connectors.urlpatterns,
    *datasets.urlpatterns,
    *delivery.urlpatterns,
    *harvest.urlpatterns,
    *logs.urlpatterns,
    *processes.urlpatterns,
]
