"""Addresses of the pages of the data space: those of each part."""

from katalysator.dataspace.connectors import urls as connectors
from katalysator.dataspace.datasets import urls as datasets

urlpatterns = [
    *connectors.urlpatterns,
    *datasets.urlpatterns,
]
