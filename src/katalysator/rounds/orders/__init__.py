"""Rounds by own order: both sides say whom they would rather meet, and nobody else sees it."""
