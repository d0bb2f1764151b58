"""Forms: post or edit a listing in its market, and narrow a list down."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from katalysator.coalition.models import Area, Block, Hub, Organisation, Person
from katalysator.core import regions
from katalysator.core.cleaning import cleaned, without_markup
from katalysator.core.language import TEXT_LANGUAGES, active_language
from katalysator.exchange.models import Kind, Listing
from katalysator.exchange.registry import Market, markets
from katalysator.exchange.verbs import Content
from katalysator.exchange.workflow import LISTING, OPEN

ANY_STATE = "any"
_SKILLS, _SKILL_LENGTH = 12, 60
_TITLE, _TEXT = 120, 5_000


def region_choices() -> list[tuple[str, str]]:
    """The country and its provinces, by name in the active language."""
    codes = ["NL", *(code for code in regions.REGIONS if code.startswith("NL") and len(code) == 4)]
    language = active_language()
    return [(code, regions.name(code, language)) for code in codes]


def area_choices() -> list[tuple[str, str]]:
    """The application areas, in their own order."""
    return [(area.slug, str(area)) for area in Area.objects.all()]


class PlainText(forms.CharField):
    """Text as it may be pasted: cleaned, and without mark-up."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """No longest length for the browser: it would cut what is pasted without a word."""
        return {
            name: value
            for name, value in super().widget_attrs(widget).items()
            if name != "maxlength"
        }

    def to_python(self, value: Any) -> str:
        """The text that somebody sees."""
        return without_markup(super().to_python(value) or "")


class SkillsField(forms.CharField):
    """Skills with commas between them."""

    default_error_messages = {
        "many": _("These are %(count)d skills. Name at most %(most)d."),
        "long": _("“%(skill)s” is too long for a skill. Use at most %(most)d characters."),
    }

    def to_python(self, value: Any) -> tuple[str, ...]:  # type: ignore[override]
        """Distinct skills in lower case, in the order given."""
        text = cleaned(super().to_python(value) or "")
        skills = dict.fromkeys(part.strip().lower() for part in re.split(r"[,;\n]", text))
        return tuple(skill for skill in skills if skill)

    def validate(self, value: Any) -> None:
        """Not too many, and none too long."""
        if len(value) > _SKILLS:
            params: dict[str, Any] = {"count": len(value), "most": _SKILLS}
            raise forms.ValidationError(self.error_messages["many"], code="many", params=params)
        for skill in value:
            if len(skill) > _SKILL_LENGTH:
                params = {"skill": f"{skill[:30]}…", "most": _SKILL_LENGTH}
                raise forms.ValidationError(self.error_messages["long"], code="long", params=params)

    def prepare_value(self, value: Any) -> Any:
        """The list as it is typed."""
        return ", ".join(value) if isinstance(value, tuple | list) else value

    def run_validators(self, value: Any) -> None:
        """What holds for any text holds for each skill."""
        for skill in value:
            super().run_validators(skill)


class ListingForm(forms.Form):
    """What a need or offer says. Which fields there are depends on the market and the kind."""

    use_required_attribute = False  # our own sentences say what is missing

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Organisation"))
    language = forms.ChoiceField(
        label=_("Language of the text"),
        choices=list(TEXT_LANGUAGES.items()),
        help_text=_("Others find it in their own language too."),
    )
    title = PlainText(label=_("Title"), max_length=_TITLE)
    text = PlainText(
        label=_("What is it about?"),
        max_length=_TEXT,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_("The problem, what you ask or give, and the conditions. A few sentences do."),
    )
    skills = SkillsField(
        label=_("Skills"),
        required=False,
        help_text=_("With commas between them, such as: computer vision, mlops."),
    )
    block = forms.ChoiceField(label=_("Building block"), choices=Block)
    areas = forms.MultipleChoiceField(label=_("Areas"), widget=forms.CheckboxSelectMultiple)
    areas_required = forms.BooleanField(
        label=_("Only offers in one of these areas"), required=False
    )
    regions = forms.MultipleChoiceField(
        label=_("Regions"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Where it happens. Choose Netherlands if the place does not matter."),
    )
    region_required = forms.BooleanField(label=_("Only offers in these regions"), required=False)
    start = forms.DateField(
        label=_("From"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    end = forms.DateField(
        label=_("Until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    ticket_min = forms.DecimalField(
        label=_("From (euro)"), required=False, min_value=0, max_digits=14, decimal_places=2
    )
    ticket_max = forms.DecimalField(
        label=_("Up to (euro)"), required=False, min_value=0, max_digits=14, decimal_places=2
    )
    capacity = forms.IntegerField(min_value=1, max_value=100_000, initial=1)
    min_capacity = forms.IntegerField(
        label=_("Places that one offer must have at least"),
        min_value=1,
        max_value=100_000,
        initial=1,
    )
    visibility = forms.ChoiceField(
        label=_("Who may see this?"), choices=Listing.Visibility, widget=forms.RadioSelect
    )

    def __init__(
        self, *args: Any, market: type[Market], kind: Kind, person: Person, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.market, self.kind = market, kind
        self._offer_organisations(person)
        self._choose("block", [(block.value, block.label) for block in market.blocks])
        self._choose("areas", area_choices())
        self._choose("regions", region_choices())
        self.fields["capacity"].label = (
            _("How many do you look for?") if self._is_need else _("How many can you serve?")
        )
        self.initial.setdefault("visibility", Listing.Visibility.EVERYONE)
        self._add_terms()
        self._drop(self._needless())

    @property
    def _is_need(self) -> bool:
        return self.kind == Kind.NEED

    def _offer_organisations(self, person: Person) -> None:
        mine = Organisation.objects.participants()
        field = self.fields["organisation"]
        field.queryset = mine if person.is_coordinator else mine.of(person)  # type: ignore[attr-defined]
        if len(field.queryset) == 1:  # type: ignore[attr-defined]
            field.initial = field.queryset[0]  # type: ignore[attr-defined]
            field.widget = field.hidden_widget()
            self.initial.setdefault("regions", [field.initial.region])

    def _choose(self, name: str, choices: Iterable[Any]) -> None:
        self.fields[name].choices = list(choices)  # type: ignore[attr-defined]

    def _add_terms(self) -> None:
        for term in self.market.terms.model_fields:
            self.fields[term] = forms.MultipleChoiceField(
                label=str(self.market.term_labels[term]),
                choices=self.market.choices(term),
                widget=forms.CheckboxSelectMultiple,
            )

    def _needless(self) -> set[str]:
        names = set() if self.market.has_ticket else {"ticket_min", "ticket_max"}
        if not self._is_need:
            names |= {"areas_required", "region_required", "min_capacity"}
        if len(self.market.blocks) == 1:
            names.add("block")
        return names

    def _drop(self, names: set[str]) -> None:
        for name in names:
            del self.fields[name]

    def untried(self) -> None:
        """Show what was typed without judging it: for the same form in the other language."""
        typed = {name: self[name].data for name, each in self.fields.items() if not each.disabled}
        self.initial = {**self.initial, **typed}
        self.is_bound = False

    @property
    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields under headings, in the order in which people think."""
        shape = [
            (_("What"), ["organisation", "title", "text", "language", "skills"]),
            (_("Where"), ["block", "areas", "areas_required", "regions", "region_required"]),
            (_("On which terms"), [*self.market.terms.model_fields, "ticket_min", "ticket_max"]),
            (_("When and how many"), ["start", "end", "capacity", "min_capacity"]),
            (_("For whom"), ["visibility"]),
        ]
        shown = [(legend, self._visible(names)) for legend, names in shape]
        return [(legend, fields) for legend, fields in shown if fields]

    def _visible(self, names: list[str]) -> list[forms.BoundField]:
        fields = [self[name] for name in names if name in self.fields]
        return [field for field in fields if not field.is_hidden]

    def clean(self) -> dict[str, Any]:
        """Ranges run forward."""
        data: dict[str, Any] = super().clean() or {}
        if _backward(data.get("start"), data.get("end")):
            self.add_error("end", _("This is before the first day. Choose a later day."))
        if _backward(data.get("ticket_min"), data.get("ticket_max")):
            self.add_error(
                "ticket_max", _("This is less than the lowest amount. Give a higher one.")
            )
        return data

    def content(self) -> Content:
        """What was said, for the verb."""
        data = dict(self.cleaned_data)
        data.pop("organisation")
        data.pop("seen")
        terms = {term: data.pop(term) for term in self.market.terms.model_fields}
        data["areas"], data["regions"] = tuple(data["areas"]), tuple(data["regions"])
        data.setdefault("block", self.market.blocks[0].value)
        return Content(terms=terms, **data)


def _backward(first: Any, last: Any) -> bool:
    return first is not None and last is not None and last < first


def initial_of(listing: Listing) -> dict[str, Any]:
    """What the form shows of a listing that exists."""
    names = [name for name in ListingForm.base_fields if hasattr(listing, name)]
    terms: dict[str, Any] = listing.terms
    return {name: getattr(listing, name) for name in names} | terms


class FilterForm(forms.Form):
    """Narrow a list of needs and offers down; everything is optional."""

    SORTS = [
        ("newest", _("Newest first")),
        ("ending", _("Ending soonest")),
        ("gaps", _("Least served first")),
        ("title", _("Title")),
    ]

    q = forms.CharField(label=_("Words"), required=False, max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    market = forms.ChoiceField(label=_("Market"), required=False)
    area = forms.ChoiceField(label=_("Area"), required=False)
    block = forms.ChoiceField(label=_("Building block"), required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)
    hub = forms.ChoiceField(label=_("Hub"), required=False)
    show = forms.ChoiceField(label=_("Show"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    sort = forms.ChoiceField(label=_("Sort by"), required=False, choices=SORTS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        anything = [("", _("All"))]
        for name, choices in _filter_choices().items():
            self.fields[name].choices = [*anything, *choices]  # type: ignore[attr-defined]
        self.fields["state"].choices = _state_choices()  # type: ignore[attr-defined]


def _state_choices() -> list[tuple[str, Any]]:
    """What is open comes first and needs no saying; the rest of the workflow; and everything."""
    others = [(state, gettext(label)) for state, label in LISTING.states.items() if state != OPEN]
    return [("", _("Open")), *others, (ANY_STATE, _("All states"))]


def _filter_choices() -> dict[str, list[Any]]:
    return {
        "kind": [("need", _("Needs")), ("offer", _("Offers"))],
        "market": [(market.slug, market.label) for market in markets()],
        "area": area_choices(),
        "block": list(Block.choices),
        "region": region_choices(),
        "hub": [(hub.slug, hub.name) for hub in Hub.objects.all()],
        "show": [
            ("matches", _("Needs with a good offer")),
            ("gaps", _("Needs without a good offer")),
        ],
    }
