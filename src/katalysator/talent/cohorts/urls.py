"""Addresses of cohorts."""

from django.urls import path, re_path

from katalysator.talent.cohorts import views as cohorts
from katalysator.talent.cohorts.verbs import DEEDS as COHORT_DEEDS

_COHORT = "talent/cohorts/<int:pk>/"

urlpatterns = [
    path("talent/cohorts/", cohorts.cohort_list, name="cohort-list"),
    path("talent/cohorts/new/", cohorts.cohort_new, name="cohort-new"),
    path(_COHORT, cohorts.cohort, name="cohort"),
    path(f"{_COHORT}remove/", cohorts.cohort_remove, name="cohort-remove"),
    path(f"{_COHORT}people/<slug:scenario>/", cohorts.cohort_people, name="cohort-people"),
    path(f"{_COHORT}people/<slug:scenario>.csv", cohorts.cohort_export, name="cohort-export"),
    re_path(
        rf"^talent/cohorts/(?P<pk>[0-9]{{1,18}})/(?P<deed>{'|'.join(COHORT_DEEDS)})/$",
        cohorts.cohort_move,
        name="cohort-move",
    ),
]
