"""`katalysator talent`: what each of its commands takes; what it does is loaded when it is asked for."""

import click

from katalysator.cli.talent.matching import match
from katalysator.cli.talent.oversight import bias, replay
from katalysator.cli.talent.taxonomies import figures, taxonomy


@click.group()
def talent() -> None:
    """Work and skills: taxonomies, figures, many people at once, and what guards them."""


for command in (match, taxonomy, figures, replay, bias):
    talent.add_command(command)
