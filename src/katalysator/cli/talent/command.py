"""`katalysator talent`: what each of its commands takes; what it does is loaded when it is asked for."""

import click

from katalysator.cli.talent.matching import match
from katalysator.cli.talent.taxonomies import figures, taxonomy


@click.group()
def talent() -> None:
    """Work and skills: who could do which work, for a whole country at once; taxonomies, and figures of pay."""


for command in (match, taxonomy, figures):
    talent.add_command(command)
