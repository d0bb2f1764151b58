"""Building block talent: its markets, taxonomies, and cohorts of people whose work ends."""
