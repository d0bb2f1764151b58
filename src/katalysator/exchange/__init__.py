"""The heart: needs and offers, markets, matches."""
