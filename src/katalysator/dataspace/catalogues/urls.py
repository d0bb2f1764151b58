"""Addresses of catalogues of others, and of what is begun there."""

from django.urls import path

from katalysator.dataspace.catalogues import views

urlpatterns = [
    path("dataspace/catalogues/", views.catalogue_list, name="catalogue-list"),
    path("dataspace/catalogues/<slug:slug>/", views.catalogue, name="catalogue"),
    path(
        "dataspace/catalogues/<slug:slug>/dataset/",
        views.catalogue_dataset,
        name="catalogue-dataset",
    ),
    path("dataspace/datasets/<int:pk>/ask/", views.dataset_ask, name="dataset-ask"),
    path("dataspace/negotiations/<int:pk>/transfer/", views.transfer_begin, name="transfer-begin"),
]
