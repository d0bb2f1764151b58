"""The `katalysator` command."""

from katalysator.cli.root import main

__all__ = ["main"]
