"""`katalysator register`, `admit` and `erase`: organisations and people come, and people go."""

from typing import Any

import click

from katalysator.core.language import lazy, say
from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.running.house import house


@click.command()
@click.argument("slug")
@click.argument("name")
@click.option("--kind", default="company", show_default=True,
              type=click.Choice(["company", "sme", "startup", "scaleup", "university", "hbo", "mbo", "institute",
                                 "government", "municipality", "civil", "interest", "investor", "association"]))  # fmt: skip
@click.option("--region", default="NL", show_default=True, help="NUTS code or province.")
@click.option("--city", default="")
@click.option("--kvk", default="", help="Number in the Dutch trade register, 8 digits.")
@click.option("--directory-only", is_flag=True, help="Known to the coalition, but not taking part.")
def register(name: str, region: str, kvk: str, directory_only: bool, **facts: str) -> None:
    """Add the organisation NAME, with SLUG for its address, as a participant."""
    with house():
        from katalysator.coalition import verbs
        from katalysator.coalition.models import Organisation
        from katalysator.coalition.workflow import ACTIVE, PARTICIPATION
        from katalysator.core import purpose, regions
        from katalysator.core.actors import OPERATOR
        from katalysator.core.identifiers import parse_kvk

        purpose.settle(is_example=False)
        verbs.register(
            Organisation(
                **facts,
                name=name,
                region=regions.parse(region),
                kvk=parse_kvk(kvk) if kvk else "",
                state=PARTICIPATION.initial if directory_only else ACTIVE,
            ),
            by=OPERATOR,
        )
    click.echo(say("%(name)s is registered.", name=name))


@click.command()
@click.argument("email")
@click.option(
    "--coordinator",
    "is_coordinator",
    is_flag=True,
    help="Runs the coalition: sees and edits everything.",
)
@click.option("--organisation", "slug", help="Speaks for this participant.")
@click.password_option(
    prompt=lazy("Password"),
    confirmation_prompt=lazy("Repeat for confirmation"),
    help="Asked for when it is left out.",
)
def admit(email: str, slug: str | None, **given: Any) -> None:
    """Let the person with this e-mail address log in."""
    with house():
        from katalysator.coalition import verbs
        from katalysator.coalition.models import Organisation
        from katalysator.core import purpose
        from katalysator.core.actors import OPERATOR

        organisation = Organisation.objects.filter(slug=slug).first() if slug else None
        if slug and organisation is None:
            raise InvalidInput(
                "organisation-unknown",
                _("There is no organisation “%(slug)s”."),
                hint=_("Register it first."),
                slug=slug,
            )
        purpose.settle(is_example=False)
        verbs.admit(email, by=OPERATOR, organisation=organisation, **given)
    click.echo(say("%(email)s can log in.", email=email))


@click.command()
@click.argument("email")
@click.option("--reason", default="", help="Why; the audit trail keeps it for ever.")
@click.confirmation_option(prompt=lazy("This cannot be undone. Go on?"))
def erase(email: str, reason: str) -> None:
    """Forget the person with this e-mail address. What they wrote for an organisation stays."""
    with house():
        from katalysator.coalition import verbs
        from katalysator.coalition.models import Person
        from katalysator.core.actors import OPERATOR

        person = Person.objects.filter(email=email.strip().lower()).first()
        if person is None:
            raise InvalidInput(
                "person-unknown", _("Nobody has the address “%(email)s”."), email=email
            )
        verbs.erase(person, by=OPERATOR, reason=reason)
    click.echo(say("%(email)s is forgotten.", email=email))
