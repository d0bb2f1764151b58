"""Search over the whole coalition: needs, offers and organisations, for page and API."""
