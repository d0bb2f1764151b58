"""The forms of courses: one, and a sheet of many."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from katalysator.core.forms import LinesField, PlainLine, add_fault
from katalysator.faults import InvalidInput
from katalysator.importing.forms import SheetField
from katalysator.importing.reading import GivenFile
from katalysator.talent.courses.content import CourseContent
from katalysator.talent.courses.sheets import read_courses
from katalysator.talent.models.learning import MOST_COST, MOST_HOURS

_LEVELS: Final = [(0, _("none or not known")), *((number, str(number)) for number in range(1, 9))]


class CourseForm(forms.Form):
    """What a course is, what it teaches and what it asks for."""

    use_required_attribute = False

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title_nl = PlainLine(label=_("Title in Dutch"), max_length=160)
    title_en = PlainLine(label=_("Title in English"), max_length=160, required=False)
    school = PlainLine(label=_("School"), max_length=160)
    url = forms.URLField(
        label=_("Address of its page"), max_length=200, required=False, assume_scheme="https"
    )
    level = forms.TypedChoiceField(label=_("Level (NLQF)"), choices=_LEVELS, coerce=int)
    hours = forms.IntegerField(label=_("Hours of study"), min_value=1, max_value=MOST_HOURS)
    cost = forms.IntegerField(label=_("Price in euros"), min_value=0, max_value=MOST_COST)
    teaches = LinesField(
        label=_("Skills that one learns"),
        max_length=200,
        help_text=_("Names of skills, one a line, as they stand on their pages."),
    )
    asks = LinesField(label=_("Skills that one must have first"), max_length=200, required=False)

    def content(self) -> CourseContent:
        """What was said, for the verbs."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        return CourseContent(**said)


class CoursesSheetForm(forms.Form):
    """A sheet of courses."""

    use_required_attribute = False

    file = SheetField(
        label=_("Sheet of courses"),
        help_text=_(
            "A row for each: title, school, hours and teaches (names of skills with commas between them); and title_en, url, level, cost and asks if you know them."
        ),
    )

    def clean(self) -> dict[str, Any]:
        """It is read whole, or not at all."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if file := said.get("file"):
            try:
                said["courses"] = read_courses(GivenFile(file.read(), file.name))
            except InvalidInput as error:
                add_fault(self, error.without_place().at("file"))
        return said
