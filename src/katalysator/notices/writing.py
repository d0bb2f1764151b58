"""The door by which rooms write to people: at once, with the next summary or not at all, as each chose.

Every letter says how to stop such letters: at its end, and in headers by which mail programs show a button
(RFC 2369, RFC 8058).
"""

from typing import Any

from katalysator.core import letters
from katalysator.core.language import speaking
from katalysator.core.letters import Attachment
from katalysator.notices.choices import gets_mail, pace_of
from katalysator.notices.kinds import Addressee, LetterKind, Pace
from katalysator.notices.links import stop_key
from katalysator.notices.models import WaitingLetter
from katalysator.notices.returns import return_address


def write(
    kind: LetterKind,
    person: Addressee,
    template: str,
    *,
    page: tuple[object, ...] = (),
    attached: Attachment | None = None,
    answers_to: str = "",
    **shown: Any,
) -> None:
    """Write to one person; call it in a background job.

    `page` is the name of a page and what it is about: its address is `link` in the template. What the person answers
    goes to `answers_to`, which the template knows too. Raises what the mail
    server raises: the job is tried again.
    """
    pace = pace_of(kind, person)
    if pace is Pace.NEVER or not gets_mail(person):
        return
    if page:
        shown["link"] = link_to(person, *page)
    if pace is Pace.DIGEST:
        subject = letters.written(template, person.language, **shown).subject
        WaitingLetter.objects.create(
            person_id=person.pk, kind=kind.name, subject=subject[:300], link=shown.get("link", "")
        )
    else:
        post(kind, person, template, attached=attached, answers_to=answers_to, **shown)


def post(
    kind: LetterKind,
    person: Addressee,
    template: str,
    *,
    attached: Attachment | None = None,
    answers_to: str = "",
    **shown: Any,
) -> None:
    """Send a letter now, with the way to stop such letters."""
    stop = link_to(person, "letters-stop", stop_key(person, kind))
    with speaking(person.language):
        about = kind.label
    shown |= {"stop": stop, "about": about, "answers_to": answers_to}
    letter = letters.written(template, person.language, **shown)
    headers = {
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        **({"Reply-To": answers_to} if answers_to else {}),
    }
    letters.post(
        letter, person.email, headers, comes_back_to=return_address(person), attached=attached
    )


def link_to(person: Addressee, name: object, *about: object) -> str:
    """A page in the language of who reads the letter."""
    with speaking(person.language):
        return letters.address(str(name), *about)
