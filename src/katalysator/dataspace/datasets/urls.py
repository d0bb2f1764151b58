"""Addresses of datasets."""

from django.urls import path

from katalysator.dataspace.datasets import views

_OF = "dataspace/datasets/<int:pk>/"

urlpatterns = [
    path("dataspace/datasets/", views.dataset_list, name="dataset-list"),
    path("dataspace/datasets/mine/", views.my_datasets, name="my-datasets"),
    path("dataspace/datasets/new/", views.dataset_new, name="dataset-new"),
    path(_OF, views.dataset, name="dataset"),
    path(f"{_OF}edit/", views.dataset_edit, name="dataset-edit"),
    path(f"{_OF}version/", views.dataset_version, name="dataset-version"),
    path(f"{_OF}publish/", views.dataset_publish, name="dataset-publish"),
    path(f"{_OF}withdraw/", views.dataset_withdraw, name="dataset-withdraw"),
    path(f"{_OF}delete/", views.dataset_delete, name="dataset-delete"),
]
