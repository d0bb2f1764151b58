"""Addresses of terms."""

from django.urls import path

from katalysator.dataspace.canvas import views

_DATASET = "dataspace/datasets/<int:pk>/"
_OFFER = "dataspace/offers/<int:pk>/"

urlpatterns = [
    path(f"{_DATASET}terms/", views.dataset_terms, name="dataset-terms"),
    path(f"{_DATASET}terms/new/", views.offer_new, name="offer-new"),
    path(f"{_DATASET}canvas/", views.canvas, name="canvas"),
    path(f"{_DATASET}canvas/way/", views.canvas_way, name="canvas-way"),
    path(f"{_DATASET}canvas/<slug:step>/", views.canvas_step, name="canvas-step"),
    path(f"{_OFFER}change/", views.offer_change, name="offer-change"),
    path(f"{_OFFER}close/", views.offer_close, name="offer-close"),
]
