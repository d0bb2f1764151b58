"""Where texts come into `boards`: forms."""

from django import forms

from katalysator.boards.embedding.forms import EmbeddingPlaceForm, SnippetForm
from katalysator.boards.forms import SearchForm


def forms_of_the_room() -> dict[type, list[forms.BaseForm]]:
    return {
        SearchForm: [SearchForm()],
        EmbeddingPlaceForm: [EmbeddingPlaceForm()],
        SnippetForm: [SnippetForm()],
    }
