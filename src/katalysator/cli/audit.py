"""`katalysator audit`: is the trail as it was written?"""

import sys

import click

from katalysator.cli.house import house


@click.group()
def audit() -> None:
    """Look after the audit trail."""


@audit.command()
def verify() -> None:
    """Check that no event was changed or taken away. Names the first that was."""
    with house(migrated=False):
        from katalysator.core.audit import verify as check

        verdict = check()
    if not verdict.holds:
        click.echo(
            f"Event {verdict.broken} is not as it was written, or one before it is missing.",
            err=True,
        )
        click.echo(f"The {verdict.events} events before it hold.", err=True)
        sys.exit(1)
    click.echo(f"All {verdict.events} events hold. Last digest: {verdict.head.hex()}")
