"""Forms: what an item says, who reviews it, what a review says, what use it was, and a file."""

from dataclasses import dataclass, fields
from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from katalysator.coalition.blocks import Block
from katalysator.coalition.filters import area_choices
from katalysator.coalition.models import Organisation, Person
from katalysator.coalition.organisations.choosing import (
    OrganisationField,
    offer_organisations,
)
from katalysator.core.attachments.kinds import AttachmentKind
from katalysator.core.forms import PlainLine, PlainText
from katalysator.core.language import TEXT_LANGUAGES, say
from katalysator.knowledge.contents import KnowledgeContent
from katalysator.knowledge.files.keeping import LARGEST
from katalysator.knowledge.models import KnowledgeItem, KnowledgeReview
from katalysator.knowledge.queries import peers_of
from katalysator.knowledge.reviews.choosing import fitting

_TEXT: Final = 20_000
_SAID: Final = tuple(part.name for part in fields(KnowledgeContent))
_MOST_OFFERED: Final = 12


class KnowledgeForm(forms.Form):
    """What an item says. A draft needs a title only."""

    use_required_attribute = False  # our own sentences say what is missing

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    organisation = OrganisationField(label=_("Organisation"))
    kind = forms.ChoiceField(label=_("Kind"), choices=KnowledgeItem.Kind.choices)
    title = PlainLine(label=_("Title"), max_length=160)
    text = PlainText(
        label=_("What can others learn from it?"),
        required=False,
        max_length=_TEXT,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_(
            "What was the problem, what did you do, what came of it, and what would you do otherwise?"
            " With Markdown: # for a heading, - for a list, **bold**, [words](address) for a link."
        ),
    )
    areas = forms.MultipleChoiceField(
        label=_("Areas"),
        required=False,
        choices=area_choices,
        widget=forms.CheckboxSelectMultiple,
    )
    blocks = forms.MultipleChoiceField(
        label=_("Building blocks"),
        required=False,
        choices=Block.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    stage = forms.ChoiceField(
        label=_("How far was it?"),
        required=False,
        choices=[("", _("For any stage")), *KnowledgeItem.Stage.choices],
    )
    link = forms.URLField(
        label=_("Where more of it stands"), required=False, max_length=500, assume_scheme="https"
    )
    identifier = PlainLine(label=_("DOI, arXiv number or ISBN"), required=False, max_length=250)
    licence = forms.ChoiceField(
        label=_("What may others do with it?"),
        required=False,
        choices=[("", _("Not said")), *KnowledgeItem.Licence.choices],
    )
    language = forms.ChoiceField(
        label=_("Language of the text"),
        choices=list(TEXT_LANGUAGES.items()),
        help_text=_("Others find it in their own language too."),
    )
    visibility = forms.ChoiceField(
        label=_("Who may see this?"),
        choices=KnowledgeItem.Visibility,
        widget=forms.RadioSelect,
        help_text=_("After it is published. Before that, participants may review it."),
    )
    names_author = forms.BooleanField(
        label=_("Name me as the author"),
        required=False,
        help_text=_(
            "By the name that you gave to be found at your organisation, and as long as it is there."
        ),
    )

    def __init__(
        self, *args: Any, person: Person, item: KnowledgeItem | None, **named: Any
    ) -> None:
        super().__init__(*args, **named)
        self.initial.setdefault("visibility", KnowledgeItem.Visibility.EVERYONE)
        if item is None:
            offer_organisations(self.fields["organisation"], person)
            return
        del self.fields["organisation"]
        if item.author_id != person.pk:
            del self.fields["names_author"]

    @property
    def asked(self) -> list[forms.BoundField]:
        """What matters, in the order in which people think."""
        return self._shown("organisation", "kind", "title", "text", "areas", "blocks")

    @property
    def folded(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The rest, under headings."""
        return [
            (_("Where it comes from"), self._shown("link", "identifier", "licence")),
            (_("To be found"), self._shown("stage", "language")),
            (_("For whom"), self._shown("visibility", "names_author")),
        ]

    @property
    def is_unfolded(self) -> bool:
        """Whether something in the folded part is wrong, so that it must be seen."""
        return any(field.errors for _legend, fields in self.folded for field in fields)

    def _shown(self, *names: str) -> list[forms.BoundField]:
        shown = [self[name] for name in names if name in self.fields]
        return [field for field in shown if not field.is_hidden]

    def content(self) -> KnowledgeContent:
        """What was said, for the verb."""
        said = {name: self.cleaned_data[name] for name in _SAID if name in self.cleaned_data}
        for name in ("areas", "blocks"):
            said[name] = tuple(said[name])
        return KnowledgeContent(**said)


def initial_of(item: KnowledgeItem) -> dict[str, Any]:
    """What the form shows of an item that exists."""
    shown = {name: getattr(item, name) for name in _SAID if hasattr(item, name)}
    shown["identifier"] = item.identifier.removeprefix("doi:")
    return shown | {"names_author": item.is_author_named}


@dataclass(frozen=True, slots=True)
class DeedWords:
    """What the page of a form says: what one does there, a sentence about it, and its button."""

    heading: Any
    sentence: Any
    button: Any


class ReviewersForm(forms.Form):
    """Which participants are asked for a review: those that fit, or any other."""

    use_required_attribute = False
    words = DeedWords(
        _("Ask for a review"),
        _("Who could say whether this is right, and whether it helps others?"),
        _("Send"),
    )

    fitting = forms.ModelMultipleChoiceField(
        Organisation.objects.none(),
        label=_("Who works on the same"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    another = OrganisationField(
        label=_("Another participant"),
        required=False,
        empty_label="—",
    )

    def __init__(self, *args: Any, item: KnowledgeItem, **named: Any) -> None:
        super().__init__(*args, **named)
        first = fitting(item, _MOST_OFFERED)
        others = Organisation.objects.participants().exclude(pk=item.organisation_id)
        self.fields["fitting"].queryset = others.filter(pk__in=[each.pk for each in first])  # type: ignore[attr-defined]
        self.fields["fitting"].choices = [(each.pk, each.name) for each in first]  # type: ignore[attr-defined]
        self.fields["another"].queryset = others.order_by("sort_name")  # type: ignore[attr-defined]
        if not first:
            del self.fields["fitting"]

    def clean(self) -> dict[str, Any]:
        """Somebody must be asked."""
        said: dict[str, Any] = super().clean() or {}
        if not self.errors and not self.chosen():
            self.add_error("another", _("Choose whom you ask."))
        return said

    def chosen(self) -> list[Organisation]:
        """Who is asked, each once."""
        named = [*self.cleaned_data.get("fitting", ()), self.cleaned_data.get("another")]
        return list(dict.fromkeys(each for each in named if each))


class PeerForm(forms.Form):
    """Something that is said for another organisation; where there is one, it is not asked for."""

    use_required_attribute = False
    words: ClassVar[DeedWords]

    organisation = OrganisationField(label=_("For which organisation?"))

    def __init__(self, *args: Any, item: KnowledgeItem, person: Person, **named: Any) -> None:
        super().__init__(*args, **named)
        field: Any = self.fields["organisation"]
        field.offer(peers_of(person, item))

    @property
    def offers_any(self) -> bool:
        """Whether there is an organisation for which this person may say it."""
        return bool(self.fields["organisation"].queryset)  # type: ignore[attr-defined]


class ReviewForm(PeerForm):
    """What an organisation thinks of an item."""

    words = DeedWords(
        _("Review this"),
        _(
            "Read it as somebody who wants to use it. You can change your review until it is published."
        ),
        _("Give this review"),
    )

    verdict = forms.ChoiceField(
        label=_("What do you think of it?"),
        choices=KnowledgeReview.Verdict.choices,
        widget=forms.RadioSelect,
    )
    remark = PlainText(
        label=_("Your remarks"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "What is right, what is missing, and for whom it is useful. They stand there with the name of your organisation."
        ),
    )


class UseForm(PeerForm):
    """What an item brought to an organisation that used it."""

    words = DeedWords(
        _("We used this"),
        _("It helps others to choose, and those who shared it to go on."),
        _("Save"),
    )

    what = PlainLine(
        label=_("What did it bring you?"),
        max_length=300,
        help_text=_("In a sentence: others see it with the name of your organisation."),
    )


class FileForm(forms.Form):
    """A file."""

    use_required_attribute = False
    words = DeedWords(
        _("Add a file"),
        _("A template, a presentation, a description of data: what others need to begin with."),
        _("Add"),
    )

    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        widget=forms.FileInput(
            attrs={"accept": ",".join(f".{kind}" for kind in (*AttachmentKind.values, "jpeg"))}
        ),
    )

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["file"].help_text = say(
            "PDF, pictures, documents, sheets, presentations and texts of at most %(megabytes)s MB, without macros.",
            megabytes=LARGEST // 1_000_000,
        )
