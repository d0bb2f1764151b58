"""Search over the whole coalition: what is needed, offered, known, held, asked and written down, and who there is, for page and API."""
