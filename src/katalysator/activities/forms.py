"""Forms: what is held and when, how it is repeated, cancelled, and what came of it."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.db.models import Q
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from katalysator.activities.facts import ActivityFacts
from katalysator.activities.models import Activity
from katalysator.activities.moments import at_wall_clock, on_the_wall
from katalysator.activities.series import facts_of
from katalysator.coalition.blocks import Block
from katalysator.coalition.filters import area_choices, province_choices
from katalysator.coalition.models import Organisation, Person
from katalysator.coalition.organisations.choosing import OrganisationField, offer_holders
from katalysator.core.filters import Choices
from katalysator.core.forms import MomentInput, PlainLine, PlainText
from katalysator.core.language import TEXT_LANGUAGES, active_language
from katalysator.faults import InvalidInput
from katalysator.groups.models import WorkingGroup

ALL_TO_COME: Final = "all"


def _provinces() -> Choices:
    return [("", "—"), *province_choices()]


class MomentField(forms.DateTimeField):
    """A day and a time of that day, on the clock of the site."""

    widget = MomentInput

    def to_python(self, value: Any) -> Any:
        """The moment; a time that is skipped when summer time begins is refused with a sentence."""
        try:
            typed = parse_datetime(str(value or "").strip())
        except ValueError:
            typed = None
        if typed is None or typed.tzinfo is not None:
            return super().to_python(value)
        try:
            return at_wall_clock(typed)
        except InvalidInput as error:
            raise forms.ValidationError(error.sentence) from error
        except OverflowError:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None


class ScopeForm(forms.Form):
    """Which of a series is meant; not asked where there is none."""

    use_required_attribute = False  # our own sentences say what is missing

    scope = forms.ChoiceField(
        label=_("Which?"),
        choices=[("one", _("Only this one")), (ALL_TO_COME, _("This one and all that come later"))],
        initial="one",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, activity: Activity | None = None, **named: Any) -> None:
        super().__init__(*args, **named)
        if activity is None or activity.series_id is None:
            del self.fields["scope"]

    @property
    def means_all(self) -> bool:
        """Whether the later ones are meant too."""
        return bool(self.cleaned_data.get("scope") == ALL_TO_COME)


class ActivityForm(ScopeForm):
    """All that is said of an activity before it is held."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    organisation = OrganisationField(label=_("Who holds it?"), empty_label=None)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", "—"), *Activity.Kind.choices])
    title = PlainLine(label=_("Title"), max_length=120)
    text = PlainText(
        label=_("What is it, and for whom?"),
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    language = forms.ChoiceField(label=_("Language"), choices=list(TEXT_LANGUAGES.items()))
    starts_at = MomentField(label=_("Begins"))
    ends_at = MomentField(label=_("Ends"))
    mode = forms.ChoiceField(
        label=_("Where?"), choices=Activity.Mode.choices, widget=forms.RadioSelect, initial="site"
    )
    place = PlainLine(
        label=_("Where exactly?"),
        required=False,
        max_length=200,
        help_text=_("Building, street and city."),
    )
    region = forms.ChoiceField(label=_("Province"), required=False, choices=_provinces)
    link = forms.URLField(
        label=_("Link"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_(
            "Only who has a place sees it; everybody does where no registration is needed."
        ),
    )
    policy = forms.ChoiceField(
        label=_("Registration"),
        choices=Activity.Policy.choices,
        widget=forms.RadioSelect,
        initial="open",
    )
    capacity = forms.IntegerField(
        label=_("Places"),
        required=False,
        min_value=1,
        max_value=100_000,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        help_text=_("Empty: no limit. Fewer places later on throw nobody out."),
    )
    closes_at = MomentField(
        label=_("Registration until"),
        required=False,
        help_text=_("Empty: until it is over."),
    )
    areas = forms.MultipleChoiceField(
        label=_("Areas"), required=False, choices=area_choices, widget=forms.CheckboxSelectMultiple
    )
    blocks = forms.MultipleChoiceField(
        label=_("Building blocks"),
        required=False,
        choices=Block.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    partners = PlainText(
        label=_("Held together with"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Names of participants as the list of organisations has them, each on a line."),
    )
    group = forms.ModelChoiceField(
        WorkingGroup.objects.none(),
        label=_("Held by the working group"),
        required=False,
        help_text=_("It stands on the page of the group, and in the calendars of its members."),
    )
    visibility = forms.ChoiceField(
        label=_("Who sees it?"),
        choices=Activity.Visibility.choices,
        widget=forms.RadioSelect,
        initial="everyone",
    )

    def __init__(self, *args: Any, person: Person, **named: Any) -> None:
        super().__init__(*args, **named)
        self.initial.setdefault("language", active_language())
        offer_holders(self.fields["organisation"], person, otherwise=_("The bureau"))
        self._offer_groups(person, self.initial.get("group"))

    @property
    def parts(self) -> Sequence[tuple[Any, list[forms.BoundField]]]:
        """The questions in groups, each with what it is about."""
        scope = [self["scope"]] if "scope" in self.fields else []
        return (
            (_("What"), [*scope, *self._named("organisation kind title text language")]),
            (_("When and where"), self._named("starts_at ends_at mode place region link")),
            (_("Who comes"), self._named("policy capacity closes_at visibility")),
            (_("What it is about"), self._named("areas blocks partners group")),
        )

    def _offer_groups(self, person: Person, known: WorkingGroup | None) -> None:
        """Those for which somebody may hold something, and the one that stands there; not asked where there is none."""
        field: Any = self.fields["group"]
        kept = WorkingGroup.objects.kept_by(person).values("pk")
        field.queryset = WorkingGroup.objects.filter(Q(pk__in=kept) | Q(pk=known and known.pk))
        if not field.queryset.exists():
            del self.fields["group"]

    def _named(self, names: str) -> list[forms.BoundField]:
        return [self[name] for name in names.split() if name in self.fields]

    def clean_partners(self) -> tuple[Organisation, ...]:
        """The participants of these names."""
        names = [
            line.strip() for line in self.cleaned_data["partners"].splitlines() if line.strip()
        ]
        found = Organisation.objects.participants().filter(name__in=names).order_by("pk")
        if unknown := set(names) - {each.name for each in found}:
            text = _("There is no participant “%(name)s”.") % {"name": min(unknown)}
            raise forms.ValidationError(text)
        return tuple(found)

    def facts(self) -> ActivityFacts:
        """What was said, for the verb."""
        left_out = ("scope", "seen", "areas", "blocks")
        said = {name: value for name, value in self.cleaned_data.items() if name not in left_out}
        said |= {name: tuple(self.cleaned_data[name]) for name in ("areas", "blocks")}
        return ActivityFacts(**said)


def initial_of(activity: Activity) -> dict[str, Any]:
    """What the form shows of an activity. Cost: two queries."""
    facts = facts_of(activity)
    shown = {name: getattr(facts, name) for name in facts.__dataclass_fields__}
    for name in ("starts_at", "ends_at", "closes_at"):
        shown[name] = shown[name] and on_the_wall(shown[name])
    return shown | {"partners": "\n".join(each.name for each in facts.partners)}
