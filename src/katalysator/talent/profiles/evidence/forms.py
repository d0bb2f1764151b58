"""Forms of evidence: whom to ask, a certificate, and the answer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from katalysator.core.attachments.kinds import AttachmentKind
from katalysator.core.forms import DayInput, PlainLine
from katalysator.talent.models import SkillEvidence
from katalysator.talent.profiles.evidence.verbs import CertificateFacts

_NAME = 200


class AskPeerForm(forms.Form):
    """Which colleague to ask."""

    use_required_attribute = False

    whom = PlainLine(
        label=_("Name or e-mail address"),
        max_length=_NAME,
        help_text=_(
            "Use the name on the page of their organisation. You can use the address of somebody of your own organisation."
        ),
    )


class AskAssessorForm(forms.Form):
    """Which school or institute to ask."""

    use_required_attribute = False

    whom = PlainLine(
        label=_("Name of the school or institute"),
        max_length=_NAME,
        help_text=_("As the list of organisations has it. Only participants can assess."),
    )


class CertificateForm(forms.Form):
    """A certificate: of whom, when, and until when."""

    use_required_attribute = False

    issuer = PlainLine(
        label=_("Who issued it?"),
        max_length=SkillEvidence._meta.get_field("issuer").max_length,
    )
    issued_on = forms.DateField(label=_("On which day"), required=False, widget=DayInput())
    valid_until = forms.DateField(label=_("Valid until"), required=False, widget=DayInput())
    file = forms.FileField(
        label=_("File"),
        required=False,
        allow_empty_file=True,
        help_text=_(
            "A PDF or picture of at most 5 MB. Who may see what speaks for your skills can open it."
        ),
        widget=forms.FileInput(
            attrs={"accept": ",".join(f".{kind}" for kind in (*AttachmentKind.values, "jpeg"))}
        ),
    )

    def facts(self) -> CertificateFacts:
        """What was said, but the file."""
        said = self.cleaned_data
        return CertificateFacts(said["issuer"], said["issued_on"], said["valid_until"])


class EvidenceAnswerForm(forms.Form):
    """What one says of a skill of somebody; until when it counts, for who assesses."""

    use_required_attribute = False

    sentence = PlainLine(
        label=_("How do you know?"),
        required=False,
        max_length=SkillEvidence._meta.get_field("sentence").max_length,
        help_text=_("One sentence, such as: we made a report together."),
    )
    valid_until = forms.DateField(label=_("Valid until"), required=False, widget=DayInput())
