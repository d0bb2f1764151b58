"""Negotiations and transfers for people: what was said, what waits and why, and the buttons of who decides."""
