"""Addresses of talent: its page, and those of each part."""

from django.urls import path

from katalysator.talent.roads import urls as roads
from katalysator.talent.taxonomies import urls as taxonomies
from katalysator.talent.views import talent
from katalysator.talent.work import urls as work

urlpatterns = [
    path("talent/", talent, name="talent"),
    *roads.urlpatterns,
    *taxonomies.urlpatterns,
    *work.urlpatterns,
]
