"""Katalysator: runs an AI coalition. Rooms and import order: see ARCHITECTURE.md."""

__version__ = "0.1.0"
