"""The questions of the route, one a page."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from katalysator.core.forms import PlainLine, PlainText
from katalysator.core.language import active_language
from katalysator.core.regions import name as region_name
from katalysator.engine.skills import Called, Taxonomy
from katalysator.talent.labels import called, shown
from katalysator.talent.roads.answers import (
    HOURS,
    LONGEST_WORDS,
    LONGEST_WORK,
    MOST_SHOWN,
    PROVINCES,
    Matter,
    RoadAnswers,
    RoadStep,
)
from katalysator.talent.taxonomies.finders import find_occupations, read_skills

NONE: Final = "none"
"""What is answered where no known work is like one's own."""


class RoadForm(forms.Form):
    """A question of the route."""

    use_required_attribute = False


class WorkForm(RoadForm):
    """What somebody does or did."""

    work = PlainLine(
        label=_("What work do you do now, or did you do last?"),
        max_length=LONGEST_WORK,
        help_text=_("Your own words are fine, such as: cashier, or working at a warehouse."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class WhichForm(RoadForm):
    """Which known work that is most like."""

    occupation = forms.ChoiceField(
        label=_("Which of these is most like it?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of these.")},
    )

    def __init__(self, *args: Any, answers: RoadAnswers, taxonomy: Taxonomy, **named: Any) -> None:
        super().__init__(*args, **named)
        work = taxonomy.occupations
        self.fields["occupation"].choices = [  # type: ignore[attr-defined]
            *(
                (work.keys[each.row], _with_label(taxonomy, each.row, each.label, each.language))
                for each in find_occupations(taxonomy, answers.work, active_language())
            ),
            (NONE, _("None of these")),
        ]


class DoingForm(RoadForm):
    """What of that work somebody does."""

    doing = forms.MultipleChoiceField(
        label=_("What do you do there?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("We ticked what most people do in this work. Take away what you do not do."),
    )

    def __init__(self, *args: Any, answers: RoadAnswers, taxonomy: Taxonomy, **named: Any) -> None:
        super().__init__(*args, **named)
        needed, helpful = skills_of(taxonomy, answers.occupation)
        rows = [*needed[:MOST_SHOWN], *helpful[: MOST_SHOWN - min(MOST_SHOWN, len(needed))]]
        keys = taxonomy.skills.keys
        self.fields["doing"].choices = [(keys[row], called(taxonomy.skills, row)) for row in rows]  # type: ignore[attr-defined]
        is_new = answers.doing_for != answers.occupation
        self.initial["doing"] = [keys[row] for row in needed] if is_new else list(answers.doing)


class MoreWordsForm(RoadForm):
    """What else somebody can do."""

    words = PlainText(
        label=_("What else can you do?"),
        required=False,
        max_length=LONGEST_WORDS,
        help_text=_("From other work, from home or as a volunteer. You may leave this empty."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class ExtraForm(RoadForm):
    """Which skills somebody means with that."""

    extra = forms.MultipleChoiceField(
        label=_("Do you mean these?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick what is right. We name the words that we read it in."),
    )

    def __init__(self, *args: Any, answers: RoadAnswers, taxonomy: Taxonomy, **named: Any) -> None:
        super().__init__(*args, **named)
        skills = taxonomy.skills
        self.fields["extra"].choices = [  # type: ignore[attr-defined]
            (
                skills.keys[each.row],
                format_html(
                    "{} <span class='soft'>“{}”</span>",
                    called(skills, each.row),
                    answers.words[each.start : each.end],
                ),
            )
            for each in read_skills(taxonomy, answers.words, active_language())
        ]


class PlaceForm(RoadForm):
    """Where and how much somebody wants to work."""

    region = forms.ChoiceField(label=_("Where do you want to work?"), required=False)
    hours = forms.TypedChoiceField(
        label=_("How many hours a week?"),
        required=False,
        coerce=int,
        empty_value="",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        places = sorted((region_name(code, active_language()), code) for code in PROVINCES)
        regions = [("", _("Anywhere")), *((code, name) for name, code in places)]
        self.fields["region"].choices = regions  # type: ignore[attr-defined]
        self.fields["hours"].choices = [  # type: ignore[attr-defined]
            *((each, _("about %(hours)s hours") % {"hours": each}) for each in HOURS),
            ("", _("I do not know yet")),
        ]


class MattersForm(RoadForm):
    """What somebody finds most important."""

    matters = forms.ChoiceField(
        label=_("What matters most to you?"),
        widget=forms.RadioSelect,
        choices=[
            (Matter.PAY.value, _("What it pays")),
            (Matter.SECURITY.value, _("That the work stays")),
            (Matter.NEAR.value, _("That it is near")),
        ],
        error_messages={"required": _("Choose one of these.")},
    )


_PLAIN: Final[Mapping[RoadStep, type[forms.Form]]] = {
    RoadStep.WORK: WorkForm,
    RoadStep.MORE: MoreWordsForm,
    RoadStep.PLACE: PlaceForm,
    RoadStep.MATTERS: MattersForm,
}
_OF_ANSWERS: Final[Mapping[RoadStep, Callable[..., forms.Form]]] = {
    RoadStep.WHICH: WhichForm,
    RoadStep.DOING: DoingForm,
    RoadStep.EXTRA: ExtraForm,
}


def form_of(step: RoadStep, sent: Any, answers: RoadAnswers, taxonomy: Taxonomy) -> forms.Form:
    """The question of a page, with what was answered before, or with what was `sent` now."""
    before = {name: getattr(answers, name) for name in RoadAnswers.__slots__}
    if step in _OF_ANSWERS:
        return _OF_ANSWERS[step](sent, answers=answers, taxonomy=taxonomy, initial=before)
    return _PLAIN[step](sent, initial=before)


def skills_of(taxonomy: Taxonomy, key: str) -> tuple[Sequence[int], Sequence[int]]:
    """The rows of the skills that an occupation cannot do without, and of those that help: the rarest first."""
    row = taxonomy.occupations.row[key]
    needed, helpful = (
        sorted(map(int, links[[row]].indices), key=lambda skill: (-taxonomy.weight[skill], skill))
        for links in (taxonomy.essential, taxonomy.optional)
    )
    return needed, [skill for skill in helpful if skill not in set(needed)]


def _with_label(taxonomy: Taxonomy, row: int, label: str, language: str) -> Any:
    """What an occupation is called, with the label that was found where that is another."""
    name = called(taxonomy.occupations, row)
    if label == taxonomy.occupations.called(row, active_language()).text:
        return name
    return format_html("{} <span class='soft'>({})</span>", name, shown(Called(label, language)))
