"""Rounds: many needs and offers brought together at once, within what each may be asked."""
