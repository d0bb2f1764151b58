"""Needs and offers: what participants ask and give, in markets, on terms."""
