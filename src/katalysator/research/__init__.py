"""Building block research and innovation: today its markets."""
