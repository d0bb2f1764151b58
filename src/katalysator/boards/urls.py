"""Addresses of what people have beside the board."""

from django.urls import path

from katalysator.boards import views
from katalysator.boards.embedding import views as embedding

_ONE = "account/searches/<int:pk>/"

urlpatterns = [
    path("account/searches/", views.saved_search_list, name="saved-search-list"),
    path("account/searches/new/", views.saved_search_new, name="saved-search-new"),
    path(_ONE, views.saved_search, name="saved-search"),
    path(f"{_ONE}edit/", views.saved_search_edit, name="saved-search-edit"),
    path("organisations/<slug:slug>/embed/", embedding.embedding, name="embedding"),
    path(
        "organisations/<slug:slug>/embed/<int:pk>/end/",
        embedding.embedding_end,
        name="embedding-end",
    ),
    path(f"{_ONE}delete/", views.saved_search_delete, name="saved-search-delete"),
]
