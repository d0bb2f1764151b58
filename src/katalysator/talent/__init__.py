"""Building block talent: today its markets."""
