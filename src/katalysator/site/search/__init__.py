"""Search over the whole coalition: needs, offers, knowledge and organisations, for page and API."""
