"""`katalysator register`, `admit` and `erase`: organisations and people come, and people go."""

import click

from katalysator.cli.house import house


@click.command()
@click.argument("slug")
@click.argument("name")
@click.option("--kind", default="company", show_default=True,
              type=click.Choice(["company", "startup", "knowledge", "government", "civil"]))  # fmt: skip
@click.option("--region", default="NL", show_default=True, help="NUTS code or province.")
@click.option("--city", default="")
@click.option("--kvk", default="", help="Number in the Dutch trade register, 8 digits.")
@click.option("--directory-only", is_flag=True, help="Known to the coalition, but not taking part.")
def register(
    slug: str, name: str, kind: str, region: str, city: str, kvk: str, directory_only: bool
) -> None:
    """Add the organisation NAME, with SLUG for its address, as a participant."""
    with house():
        from katalysator.coalition import verbs
        from katalysator.coalition.models import Organisation
        from katalysator.core import identifiers, regions
        from katalysator.core.actors import OPERATOR

        verbs.register(
            Organisation(
                slug=slug,
                name=name,
                kind=kind,
                region=regions.parse(region),
                city=city,
                kvk=identifiers.IDENTIFIERS["kvk"].parse(kvk) if kvk else "",
                is_participant=not directory_only,
            ),
            by=OPERATOR,
        )
    click.echo(f"{name} is registered.")


@click.command()
@click.argument("email")
@click.option("--coordinator", is_flag=True, help="Runs the coalition: sees and edits everything.")
@click.option("--organisation", "slug", help="Speaks for this participant.")
@click.password_option(help="Asked for when it is left out.")
def admit(email: str, coordinator: bool, slug: str | None, password: str) -> None:
    """Let the person with this e-mail address log in."""
    with house():
        from katalysator.coalition import verbs
        from katalysator.coalition.models import Organisation
        from katalysator.core.actors import OPERATOR

        organisation = Organisation.objects.filter(slug=slug).first() if slug else None
        if slug and organisation is None:
            raise click.ClickException(f"There is no organisation “{slug}”. Register it first.")
        verbs.admit(
            email,
            by=OPERATOR,
            password=password,
            organisation=organisation,
            is_coordinator=coordinator,
        )
    click.echo(f"{email} can log in.")


@click.command()
@click.argument("email")
@click.option("--reason", default="", help="Why; the audit trail keeps it for ever.")
@click.confirmation_option(prompt="This cannot be undone. Go on?")
def erase(email: str, reason: str) -> None:
    """Forget the person with this e-mail address. What they wrote for an organisation stays."""
    with house():
        from katalysator.coalition import verbs
        from katalysator.coalition.models import Person
        from katalysator.core.actors import OPERATOR

        person = Person.objects.filter(email=email.strip().lower()).first()
        if person is None:
            raise click.ClickException(f"Nobody has the address “{email}”.")
        verbs.erase(person, by=OPERATOR, reason=reason)
    click.echo(f"{email} is forgotten.")
