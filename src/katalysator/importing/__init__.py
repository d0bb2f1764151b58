"""Sheets that people give, on a page or in the terminal: looked at, and taken in as a whole or not at all.

What a sheet becomes, a room above declares (`kinds.py`); what it holds is read by `katalysator.tables`.
"""
