"""Forms of the workbench: a note, what a deed for many needs, a letter to many."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from katalysator.bureau.bulk.deed import BulkDeed
from katalysator.bureau.models import TEXT, Mailing
from katalysator.core.forms import (
    DayInput,
    PlainLine,
    PlainText,
    said_in_languages,
    shown_in_languages,
    text_in_languages,
)
from katalysator.core.language import TEXT_LANGUAGES

_SUBJECT = 120


class NoteForm(forms.Form):
    """What is to be remembered, and by when something is to be done."""

    use_required_attribute = False

    text = PlainText(label=_("Note"), max_length=TEXT, widget=forms.Textarea(attrs={"rows": 4}))
    due = forms.DateField(
        label=_("To do by"),
        required=False,
        widget=DayInput(),
        help_text=_("Then it stands in your week until it is done."),
    )


class BulkForm(forms.Form):
    """What a deed for many needs, beside the organisations."""

    use_required_attribute = False

    def __init__(self, *args: Any, deed: BulkDeed, **named: Any) -> None:
        super().__init__(*args, **named)
        if deed.choices:
            self.fields["value"] = forms.ChoiceField(
                label=deed.question, choices=[("", "—"), *deed.choices()]
            )
        elif deed.long:
            self.fields["value"] = PlainText(
                label=deed.question, max_length=deed.most, widget=forms.Textarea(attrs={"rows": 4})
            )
        elif deed.asks:
            self.fields["value"] = PlainLine(label=deed.question, max_length=deed.most)


class MailingForm(forms.Form):
    """A letter in each language; who gets it is chosen before."""

    use_required_attribute = False

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        texts = text_in_languages("text", str(_("Text in %(language)s")), most=TEXT, rows=10)
        for code, language in TEXT_LANGUAGES.items():
            self.fields[f"subject_{code}"] = PlainLine(
                label=_("Subject in %(language)s") % {"language": language},
                required=False,
                max_length=_SUBJECT,
                widget=forms.TextInput(attrs={"lang": code}),
            )
            self.fields[f"text_{code}"] = texts[f"text_{code}"]

    def said(self) -> dict[str, dict[str, str]]:
        """What the letter says, as the verbs take it."""
        said = dict(self.cleaned_data)
        return {name: said_in_languages(name, said) for name in ("subject", "text")}


class NewMailingForm(MailingForm):
    """A new letter, and to whom of the chosen organisations it goes."""

    to = forms.ChoiceField(
        label=_("To whom"),
        choices=[("managers", _("Those who manage it")), ("everybody", _("Everybody of it"))],
        widget=forms.RadioSelect,
        initial="managers",
    )


def mailing_initial(mailing: Mailing) -> dict[str, Any]:
    """What the form shows of a letter of before."""
    return {
        **shown_in_languages("subject", mailing.subject),
        **shown_in_languages("text", mailing.text),
    }
