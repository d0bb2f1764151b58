"""What lacks: needs without a good offer, offers that nobody needs, empty cells, with what may be done, and its course."""
