"""Who may do what with letters. Denied unless allowed here."""

from typing import Any, Final

import rules

CHOOSE: Final = "notices.choose_letters"
"""What who chooses a person's letters must have."""
TRUST: Final = "notices.trust_address"
"""What who says that an address works again must have."""
NOTE: Final = "notices.note_bounce"
"""What brings letters that came back."""


@rules.predicate
def is_theirs(person: Any, addressee: Any) -> bool:
    """The person whose letters these are."""
    return addressee is not None and person.pk == addressee.pk


rules.add_perm(CHOOSE, is_theirs)
rules.add_perm(TRUST, is_theirs)
rules.add_perm(NOTE, rules.always_deny)  # the mail server does it
