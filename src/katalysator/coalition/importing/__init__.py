"""Participants in sheets: what the columns may be, which record a row is about, and how it is written."""
