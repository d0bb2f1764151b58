"""Forms: when each kind of letters comes."""

from typing import Any

from django import forms

from katalysator.notices.choices import paces_of
from katalysator.notices.kinds import Addressee, LetterKind, kinds


class LettersForm(forms.Form):
    """A choice for each kind that the person may get."""

    use_required_attribute = False

    def __init__(self, *args: Any, person: Addressee, **named: Any) -> None:
        super().__init__(*args, **named)
        chosen = paces_of(person)
        self.asked: dict[str, LetterKind] = {each.name: each for each in kinds() if each.to(person)}
        for name, kind in self.asked.items():
            self.fields[name] = forms.ChoiceField(
                label=kind.label,
                choices=[(each.value, each.label) for each in kind.paces],
                initial=chosen.get(name, kind.usual).value,
                widget=forms.RadioSelect,
            )
