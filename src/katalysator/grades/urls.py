"""Addresses of grades, measures and learned weights."""

from django.urls import path, re_path

from katalysator.grades import grading_views, views
from katalysator.grades.workflow import WEIGHTS

urlpatterns = [
    path("listings/<int:pk>/matches/<int:other>/grade/", views.grade_match, name="grade-match"),
    path("grading/", grading_views.grading, name="grading"),
    path("grading/start/", grading_views.grading_start, name="grading-start"),
    path("bureau/matches/", views.unseen_list, name="unseen-matches"),
    path("measures/", views.measures, name="measures"),
    path("measures/export.csv", views.measures_export, name="measures-export"),
    path("measures/grades.csv", views.grades_export, name="grades-export"),
    path("measures/outcomes.csv", views.outcomes_export, name="outcomes-export"),
    path("weights/", views.weights, name="weights"),
    path("weights/learn/", views.weights_learn, name="weights-learn"),
    re_path(
        rf"^weights/(?P<version>[0-9]{{1,9}})/(?P<deed>{WEIGHTS.pattern})/$",
        views.weights_decide,
        name="weights-decide",
    ),
]
