"""Rounds: many are brought together at once, by the bureau or the chair of a working group."""
