"""Where texts come into `site`: forms."""

from django import forms

from katalysator.readings.thesaurus import newest_thesaurus
from katalysator.site.concepts.forms import ConceptForm


def forms_of_the_room() -> dict[type, list[forms.BaseForm]]:
    return {
        ConceptForm: [ConceptForm(thesaurus=newest_thesaurus())],
    }
