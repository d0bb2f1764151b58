"""Addresses of talent: its page, and those of each part."""

from django.urls import path

from katalysator.talent.cohorts import urls as cohorts
from katalysator.talent.courses import urls as courses
from katalysator.talent.learning import urls as learning
from katalysator.talent.oversight import urls as oversight
from katalysator.talent.profiles import urls as profiles
from katalysator.talent.roads import urls as roads
from katalysator.talent.taxonomies import urls as taxonomies
from katalysator.talent.views import talent
from katalysator.talent.work import urls as work

urlpatterns = [
    path("talent/", talent, name="talent"),
    *cohorts.urlpatterns,
    *courses.urlpatterns,
    *learning.urlpatterns,
    *oversight.urlpatterns,
    *profiles.urlpatterns,
    *roads.urlpatterns,
    *taxonomies.urlpatterns,
    *work.urlpatterns,
]
