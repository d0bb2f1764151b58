"""Addresses of the data space's pages for people, in each language: those of each part."""

from katalysator.dataspace.agreements import urls as agreements
from katalysator.dataspace.canvas import urls as canvas

urlpatterns = [*agreements.urlpatterns, *canvas.urlpatterns]
