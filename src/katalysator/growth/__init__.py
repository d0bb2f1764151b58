"""Building block market, startups and capital: today its markets."""
