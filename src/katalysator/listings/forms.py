"""Forms: post or edit a listing in its market, and narrow a list down."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from katalysator.cleaning import plain_line, without_markup
from katalysator.coalition.blocks import Block
from katalysator.coalition.filters import area_choices
from katalysator.coalition.models import Organisation, Person
from katalysator.coalition.organisations.choosing import (
    LongSelect,
    OrganisationChoices,
    OrganisationField,
    offer_organisations,
)
from katalysator.core.forms import DayInput, PlainLine, PlainText
from katalysator.core.language import TEXT_LANGUAGES
from katalysator.core.terms import Term
from katalysator.faults import InvalidInput
from katalysator.listings.contents import Content
from katalysator.listings.filters import region_choices
from katalysator.listings.market import Market
from katalysator.listings.models import Kind, Listing
from katalysator.listings.owners import membership_of

MOST_SKILLS, SKILL_LENGTH = 12, 60
TITLE_LENGTH, _TEXT = 120, 5_000
OWN = "own"
"""The value of one's own name, where it is asked in whose name something is posted."""
_OF_A_DRAFT = {"title", "organisation", "language", "visibility"}


class SkillsField(forms.CharField):
    """Skills with commas between them."""

    default_error_messages = {
        "many": _("These are %(count)d skills. Name at most %(most)d."),
        "long": _("“%(skill)s” is too long for a skill. Use at most %(most)d characters."),
    }

    def to_python(self, value: Any) -> tuple[str, ...]:  # type: ignore[override]
        """Distinct skills in lower case, in the order given."""
        text = without_markup(super().to_python(value) or "")
        skills = dict.fromkeys(plain_line(part).lower() for part in re.split(r"[,;\n]", text))
        return tuple(skill for skill in skills if skill)

    def validate(self, value: Any) -> None:
        """Not too many, and none too long."""
        if len(value) > MOST_SKILLS:
            params: dict[str, Any] = {"count": len(value), "most": MOST_SKILLS}
            raise forms.ValidationError(self.error_messages["many"], code="many", params=params)
        for skill in value:
            if len(skill) > SKILL_LENGTH:
                params = {"skill": f"{skill[:30]}…", "most": SKILL_LENGTH}
                raise forms.ValidationError(self.error_messages["long"], code="long", params=params)

    def prepare_value(self, value: Any) -> Any:
        """The list as it is typed."""
        return ", ".join(value) if isinstance(value, tuple | list) else value

    def run_validators(self, value: Any) -> None:
        """What holds for any text holds for each skill."""
        for skill in value:
            super().run_validators(skill)


class _OwnerChoices(OrganisationChoices):
    """The organisations, and one's own name."""

    field: "OwnerField"

    def __iter__(self) -> Iterator[Any]:
        yield from super().__iter__()
        if self.field.own_name is not None:
            yield OWN, self.field.own_name

    def __len__(self) -> int:
        return super().__len__() + (self.field.own_name is not None)

    def __bool__(self) -> bool:
        return self.field.own_name is not None or super().__bool__()


class OwnerField(OrganisationField):
    """In whose name something is posted: an organisation's, or one's own, where that has a label."""

    iterator = _OwnerChoices
    own_name: str | None = None

    def offer_own_name(self, label: str) -> None:
        """Let one choose to post in one's own name; where there is one organisation, that is a choice too now."""
        self.own_name = label
        self.widget = LongSelect()
        self.widget.is_required = self.required
        self.widget.choices = self.choices

    def to_python(self, value: Any) -> Any:
        """The organisation, or `OWN`."""
        is_own = self.own_name is not None and value == OWN
        return OWN if is_own else super().to_python(value)


class ListingForm(forms.Form):
    """What a need or offer says. Which fields there are depends on the market and the kind.

    A `draft` may be unfinished: then only the title is required.
    """

    use_required_attribute = False  # our own sentences say what is missing

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    organisation = OwnerField(label=_("Organisation"))
    title = PlainLine(label=_("Title"), max_length=TITLE_LENGTH)
    text = PlainText(
        label=_("What is it about?"),
        max_length=_TEXT,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_("The problem, what you ask or give, and the conditions. A few sentences do."),
    )
    areas = forms.MultipleChoiceField(label=_("Areas"), widget=forms.CheckboxSelectMultiple)
    regions = forms.MultipleChoiceField(
        label=_("Regions"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Where it happens. Choose Netherlands if the place does not matter."),
    )
    language = forms.ChoiceField(
        label=_("Language of the text"),
        choices=list(TEXT_LANGUAGES.items()),
        help_text=_("Others find it in their own language too."),
    )
    skills = SkillsField(
        label=_("Skills"),
        required=False,
        help_text=_("With commas between them, such as: computer vision, mlops."),
    )
    block = forms.ChoiceField(label=_("Building block"), choices=Block)
    areas_required = forms.BooleanField(
        label=_("Only offers in one of these areas"), required=False
    )
    region_required = forms.BooleanField(label=_("Only offers in these regions"), required=False)
    stands_until = forms.DateField(
        label=_("Open until"),
        required=False,
        widget=DayInput,
        help_text=_(
            "The last day on which others find it, at most a year ahead. Empty: as long as is usual here. You get a letter before."
        ),
    )
    visibility = forms.ChoiceField(
        label=_("Who may see this?"), choices=Listing.Visibility, widget=forms.RadioSelect
    )

    def __init__(
        self,
        *args: Any,
        market: type[Market],
        kind: Kind,
        person: Person,
        draft: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.market, self.kind, self.draft = market, kind, draft
        self._offer_owners(person)
        self._choose("block", [(block.value, block.label) for block in market.blocks])
        self._choose("areas", area_choices())
        self._choose("regions", region_choices())
        if market.places_help:
            self.fields["regions"].help_text = market.places_help
        self.initial.setdefault("visibility", Listing.Visibility.EVERYONE)
        for term in market.terms.values():
            self.fields |= term.fields("need" if kind == Kind.NEED else "offer")
        for name in self._needless():
            del self.fields[name]

    def _offer_owners(self, person: Person) -> None:
        field: Any = self.fields["organisation"]
        offer_organisations(field, person)
        if field.initial:
            self.initial.setdefault("regions", [field.initial.region])
        self.person, self.nameless = person, None
        if not self.market.in_own_name:
            return
        if membership := membership_of(person):
            field.label = _("In whose name?")
            field.offer_own_name(_own_name(membership.name, membership.organisation.name))
        else:
            self.nameless = Organisation.objects.of(person).participants().first()

    def keep_owner(self, listing: Listing) -> None:
        """Show whose a listing is that exists: that does not change any more."""
        field: Any = self.fields["organisation"]
        field.disabled = True
        if listing.person_id is not None:
            self.nameless, field.label = None, _("In whose name?")
            field.offer_own_name(_own_name(listing.owner.name, listing.organisation.name))
            self.initial["organisation"] = OWN
        elif field.own_name is not None:
            field.own_name = None

    @property
    def owner(self) -> Organisation | Person:
        """In whose name this is posted."""
        owner: Organisation | str = self.cleaned_data["organisation"]
        return self.person if isinstance(owner, str) else owner

    def _choose(self, name: str, choices: Iterable[Any]) -> None:
        self.fields[name].choices = list(choices)  # type: ignore[attr-defined]

    def _needless(self) -> set[str]:
        names = set() if self.kind == Kind.NEED else {"areas_required", "region_required"}
        return names | ({"block"} if len(self.market.blocks) == 1 else set())

    def full_clean(self) -> None:
        """A draft is asked for less than the form shows: that is what publishing it takes."""
        names = self.fields.keys() - _OF_A_DRAFT if self.draft else set()
        spared = [self.fields[name] for name in names if self.fields[name].required]
        for field in spared:
            field.required = False
        super().full_clean()
        for field in spared:
            field.required = True

    def untried(self) -> None:
        """Show what was typed without judging it: for the same form in the other language."""
        typed = {name: self[name].data for name, each in self.fields.items() if not each.disabled}
        self.initial = {**self.initial, **typed}
        self.is_bound = False

    @property
    def asked(self) -> list[forms.BoundField]:
        """What matters, in the order in which people think."""
        own = self._names(self.market.own_terms().values(), required=True)
        where = [] if self._has_a_place else ["regions"]
        return self._visible(["organisation", "title", "text", *own, "areas", *where])

    @property
    def _has_a_place(self) -> bool:
        """Whether a region is there to begin with: that of the only organisation."""
        return bool(self.initial.get("regions")) and self["regions"].errors == []

    @property
    def folded(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The rest, under headings: what has a good answer already."""
        own = self._names(self.market.own_terms().values(), required=False)
        rest = [term for term in self.market.terms.values() if term.kept_in]
        where = ["regions"] if self._has_a_place else []
        shape = [
            (_("Where"), [*where, "areas_required", "region_required"]),
            (_("On which terms"), own),
            (_("When and how many"), [*self._names(rest, required=False), "stands_until"]),
            (_("To be found"), ["skills", "block", "language"]),
            (_("For whom"), ["visibility"]),
        ]
        shown = [(legend, self._visible(names)) for legend, names in shape]
        return [(legend, fields) for legend, fields in shown if fields]

    @property
    def is_unfolded(self) -> bool:
        """Whether something in the folded part is wrong, so that it must be seen."""
        return any(field.errors for _legend, fields in self.folded for field in fields)

    def _names(self, terms: Iterable[Term], *, required: bool) -> list[str]:
        return [name for term in terms if term.required == required for name in term.names]

    def _visible(self, names: list[str]) -> list[forms.BoundField]:
        fields = [self[name] for name in names if name in self.fields]
        return [field for field in fields if not field.is_hidden]

    def clean(self) -> dict[str, Any]:
        """Each term reads its fields, and says at its last one what does not go together."""
        data: dict[str, Any] = super().clean() or {}
        self.terms = {}
        for name, term in self.market.terms.items():
            try:
                self.terms[name] = term.clean(term.from_form(data))
            except InvalidInput as error:
                self._complain(term, error.sentence)
        if not self.draft:
            for term in self.market.missing(self.terms):
                self._complain(term, forms.Field.default_error_messages["required"])
        return data

    def _complain(self, term: Term, sentence: Any) -> None:
        """Say it at the last field of a term, where nothing is said at any of them yet."""
        names = [name for name in term.names if name in self.fields]
        if not any(self.has_error(name) for name in names):
            self.add_error(names[-1], sentence)

    def content(self) -> Content:
        """What was said, for the verb."""
        said = {name: self.cleaned_data[name] for name in _SAID if name in self.cleaned_data}
        for name in ("areas", "regions"):
            said[name] = tuple(said[name])
        return Content(**said, terms=self.terms)


def _own_name(name: str, organisation: str) -> str:
    """The label of one's own name: the one that others see."""
    return gettext("My own name: %(name)s (%(organisation)s)") % {
        "name": name,
        "organisation": organisation,
    }


_SAID = {part.name for part in fields(Content)} - {"terms"}


def initial_of(listing: Listing) -> dict[str, Any]:
    """What the form shows of a listing that exists."""
    names = [name for name in ListingForm.base_fields if hasattr(listing, name)]
    initial = {name: getattr(listing, name) for name in names}
    for name, value in listing.stated().items():
        initial |= listing.market_class.terms[name].to_form(value)
    return initial
