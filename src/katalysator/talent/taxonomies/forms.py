"""The forms with which the bureau takes in taxonomies, and adds what they lack."""

import io
import zipfile
from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from katalysator.core.forms import LinesField, PlainLine
from katalysator.talent.models import LocalConcept
from katalysator.talent.taxonomies.local import LocalContent

_MOST_FILES: Final = 40
_ZIP: Final = ".zip"


class _FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or more."""

    widget = _FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """The files that were given."""
        given = data if isinstance(data, (list, tuple)) and data else [data or None]
        if len(given) > _MOST_FILES:
            raise forms.ValidationError(
                _("Give at most %(most)s files."), params={"most": _MOST_FILES}
            )
        return [super(FilesField, self).clean(each, initial) for each in given]


class TaxonomyUploadForm(forms.Form):
    """Files of a taxonomy, and of which version they are."""

    use_required_attribute = False

    file = FilesField(
        label=_("Files"),
        widget=_FilesInput(attrs={"accept": ".zip,.csv,.gz"}),
        help_text=_(
            "The zips that you downloaded, one for each language, all of the same version. At most 100 MB together."
        ),
    )
    version = PlainLine(
        label=_("Version"),
        max_length=40,
        required=False,
        help_text=_("Only where the names of the files do not tell, such as 1.1.1."),
    )


class FiguresForm(forms.Form):
    """Tables of figures, and where these come from."""

    use_required_attribute = False

    file = FilesField(
        label=_("Files"),
        widget=_FilesInput(attrs={"accept": ".zip,.csv,.gz"}),
        help_text=_(
            "CSV as CBS and UWV publish it, and the table that joins ISCO-08 with BRC 2014. At most 20 MB together."
        ),
    )
    source = PlainLine(
        label=_("Source"),
        max_length=200,
        required=False,
        help_text=_("Who says so; CBS or UWV where you leave this empty."),
    )
    period = PlainLine(
        label=_("Period"),
        max_length=40,
        required=False,
        help_text=_("Only where the files do not tell, such as 2026-2."),
    )


def together(files: Sequence[Any]) -> tuple[str, bytes]:
    """Files as one zip, with the name of the first."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as whole:
        for each in files:
            whole.writestr(str(each.name).rsplit("/", 1)[-1], each.read())
    return str(files[0].name), packed.getvalue()


class LocalConceptForm(forms.Form):
    """An own occupation or skill."""

    use_required_attribute = False

    kind = forms.ChoiceField(
        label=_("What it is"), choices=LocalConcept.Kind, widget=forms.RadioSelect
    )
    nl = LinesField(
        label=_("Called in Dutch"),
        required=False,
        max_length=120,
        help_text=_("One name a line, the usual one first."),
    )
    en = LinesField(label=_("Called in English"), required=False, max_length=120)
    isco = PlainLine(
        label=_("Unit group of ISCO-08"),
        required=False,
        max_length=40,
        help_text=_("Four digits; for occupations."),
    )
    group = PlainLine(label=_("Group of skills"), required=False, max_length=200)
    essential = LinesField(
        label=_("Skills that it cannot do without"),
        required=False,
        max_length=200,
        help_text=_("For occupations: names of skills, one a line, as they stand on their pages."),
    )
    optional = LinesField(label=_("Skills that help"), required=False, max_length=200)

    def content(self) -> LocalContent:
        """What was said, for the verbs."""
        return LocalContent(**self.cleaned_data)
