"""`katalysator talent`: what each of its commands takes; what it does is loaded when it is asked for."""

import click

from katalysator.cli.talent.oversight import bias, replay


@click.group()
def talent() -> None:
    """Work and skills: who could do which work, for a whole country at once."""


talent.add_command(replay)
talent.add_command(bias)
