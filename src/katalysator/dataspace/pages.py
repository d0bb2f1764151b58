"""Addresses of the data space's pages for people, in each language: those of each part."""

from katalysator.dataspace.agreements import urls as agreements
from katalysator.dataspace.canvas import urls as canvas
from katalysator.dataspace.connectors import urls as connectors
from katalysator.dataspace.datasets import urls as datasets

urlpatterns = [
    *agreements.urlpatterns,
    *canvas.urlpatterns,
    *connectors.urlpatterns,
    *datasets.urlpatterns,
]
