"""Addresses of the pages of the data space: those of each part."""

from katalysator.dataspace.delivery import urls as delivery

urlpatterns = [
    *delivery.urlpatterns,
]
