"""Forms: what a dataset is, and its file."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from katalysator.coalition.filters import area_choices, province_choices
from katalysator.coalition.models import Organisation
from katalysator.core.forms import DayInput, LinesField, PlainLine, PlainText
from katalysator.core.language import TEXT_LANGUAGES, say
from katalysator.dataspace.datasets.files import LARGEST
from katalysator.dataspace.datasets.records import NEEDED, SAID, DatasetRecord
from katalysator.dataspace.models import Connector, Dataset
from katalysator.dataspace.vocabularies import AccessRights, DataTheme, Frequency

_SHOWN: Final = ("areas", "keywords")
_ASKED_LATER: Final = ("access", "creator", "licence")
"""What the five questions about its terms ask or make: it is not asked of a new dataset."""


def _themes() -> list[tuple[str, Any]]:
    """The themes by what they are called, after none."""
    by_name = sorted(DataTheme.choices, key=lambda each: str(each[1]))
    return [("", _("Choose a theme")), *by_name]


class DatasetForm(forms.Form):
    """What a dataset is; what every catalogue asks for comes first."""

    use_required_attribute = False  # our own sentences say what is missing
    needed = NEEDED
    """Fields that may be left open while it is a draft: beside these stands that they are needed, not that they are optional."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    connector = forms.ModelChoiceField(
        Connector.objects.none(),
        label=_("Who shares it?"),
        help_text=_("This organisation stands there as its publisher."),
    )
    title = PlainLine(label=_("Title"), max_length=200)
    theme = forms.ChoiceField(label=_("Theme"), choices=_themes)
    access = forms.ChoiceField(
        label=_("Who may have it?"), choices=AccessRights.choices, widget=forms.RadioSelect
    )
    contact_name = PlainLine(
        label=_("Who answers questions about it?"),
        required=False,
        max_length=120,
        help_text=_("A department or a function, not a person. Needed before others can see it."),
    )
    contact_email = forms.EmailField(
        label=_("Address for questions about it"),
        required=False,
        help_text=_("Of that department: everybody sees it. Needed before others can see it."),
    )
    creator = PlainLine(
        label=_("Who made it?"),
        required=False,
        max_length=120,
        help_text=_("Only where that is another organisation."),
    )
    licence = forms.ChoiceField(
        label=_("What may others do with it?"), choices=Dataset.Licence.choices
    )
    text = PlainText(
        label=_("What is in it?"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "What was measured or kept, how, how much of it, and what it is good for. Needed before others can see it."
        ),
    )
    language = forms.ChoiceField(
        label=_("Language of the text"), choices=list(TEXT_LANGUAGES.items())
    )
    personal = forms.ChoiceField(
        label=_("Is it about people who can be known from it?"),
        choices=[
            (Dataset.Personal.NONE, _("No")),
            (
                Dataset.Personal.PSEUDONYMISED,
                _("Yes, with codes in place of names (pseudonymised)"),
            ),
            (Dataset.Personal.PERSONAL, _("Yes")),
        ],
        widget=forms.RadioSelect,
    )
    model = forms.ChoiceField(
        label=_("How do you share it?"), choices=Dataset.Model.choices, widget=forms.RadioSelect
    )
    shows_rows = forms.BooleanField(
        label=_("Everybody may see the first rows"),
        required=False,
        help_text=_(
            "Of a table (CSV, Excel or Parquet) a tenth, and at most 20 rows. Of a table of fewer than 10 rows nothing is shown, and rows about people never are."
        ),
    )
    keywords = LinesField(
        label=_("Keywords"), required=False, help_text=_("Each on a line."), max_length=60
    )
    areas = forms.MultipleChoiceField(
        label=_("Areas"),
        required=False,
        choices=area_choices,
        widget=forms.CheckboxSelectMultiple,
    )
    region = forms.ChoiceField(label=_("Region that it is about"), required=False)
    begins_on = forms.DateField(
        label=_("First day that it is about"), required=False, widget=DayInput
    )
    ends_on = forms.DateField(label=_("Last day that it is about"), required=False, widget=DayInput)
    frequency = forms.ChoiceField(
        label=_("How often is it renewed?"),
        required=False,
        choices=[("", _("Not said")), *Frequency.choices],
    )

    def __init__(
        self, *args: Any, connectors: Any, dataset: Dataset | None = None, **named: Any
    ) -> None:
        super().__init__(*args, **named)
        here = [("NL", _("All of the Netherlands")), *province_choices()]
        if dataset and dataset.region and dataset.region not in dict(here):
            here.append((dataset.region, dataset.region))
        self.fields["region"].choices = [("", _("Not said")), *here]  # type: ignore[attr-defined]
        if dataset is not None:
            del self.fields["connector"]
            return
        for name in _ASKED_LATER:
            del self.fields[name]
        field: Any = self.fields["connector"]
        field.queryset = connectors
        only = list(connectors[:2])
        if len(only) == 1:
            self.initial["connector"], field.widget = only[0].pk, field.hidden_widget()
            for name, value in _of_holder(only[0].organisation).items():
                self.initial.setdefault(name, value)

    @property
    def first(self) -> list[forms.BoundField]:
        """What every catalogue asks for, and who looks for data wants to know."""
        return self._shown(
            "connector",
            "title",
            "theme",
            "text",
            "personal",
            "model",
            "access",
            "creator",
            "licence",
        )

    @property
    def known(self) -> list[forms.BoundField]:
        """What is filled in beforehand."""
        return self._shown("contact_name", "contact_email", "language", "shows_rows")

    @property
    def asks_known(self) -> bool:
        """Whether that must be seen: something in it is wrong, or is not known."""
        return any(field.errors for field in self.known) or not self["contact_email"].value()

    @property
    def folded(self) -> list[forms.BoundField]:
        """What it is found by."""
        return self._shown("keywords", "areas", "region", "begins_on", "ends_on", "frequency")

    @property
    def is_unfolded(self) -> bool:
        """Whether something in the folded part is wrong, so that it must be seen."""
        return any(field.errors for field in self.folded)

    def _shown(self, *names: str) -> list[forms.BoundField]:
        shown = [self[name] for name in names if name in self.fields]
        return [field for field in shown if not field.is_hidden]

    def record(self) -> DatasetRecord:
        """What was said, for the verb."""
        said = {name: self.cleaned_data[name] for name in SAID if name in self.fields}
        return DatasetRecord(**said | {name: tuple(said[name]) for name in _SHOWN})


def initial_of(dataset: Dataset) -> dict[str, Any]:
    """What the form shows of a dataset that is there."""
    return {name: getattr(dataset, name) for name in SAID}


def first_answers(language: str) -> dict[str, Any]:
    """What the form begins with."""
    return {
        "language": language,
        "model": Dataset.Model.CONTRACT.value,
        "personal": Dataset.Personal.NONE.value,
    }


def _of_holder(organisation: Organisation) -> dict[str, Any]:
    return {"contact_name": organisation.name, "contact_email": organisation.contact}


class VersionForm(forms.Form):
    """The data, or another version of it."""

    use_required_attribute = False

    file = forms.FileField(label=_("File"), required=False, allow_empty_file=True)
    version = PlainLine(
        label=_("Number of the version"),
        required=False,
        max_length=60,
        help_text=_("Such as 2.0. Without a number it gets the next one."),
    )
    notes = PlainText(
        label=_("What changed?"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, needs_file: bool, is_first: bool = False, **named: Any) -> None:
        super().__init__(*args, **named)
        if is_first:  # nothing has changed yet
            del self.fields["notes"]
        self.fields["file"].required = needs_file
        self.fields["file"].help_text = say(
            "Of any kind, at most %(megabytes)s MB. Tables: CSV, Excel or Parquet.",
            megabytes=LARGEST // 1_000_000,
        )
