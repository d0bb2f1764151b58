"""Addresses of grades, measures and learned weights."""

from django.urls import path

from katalysator.grades import views

urlpatterns = [
    path("listings/<int:pk>/matches/<int:other>/grade/", views.grade_match, name="grade-match"),
    path("grading/", views.grading, name="grading"),
    path("grading/start/", views.grading_start, name="grading-start"),
]
