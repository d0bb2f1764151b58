"""Building block data sharing: today its markets."""
