"""`katalysator talent`: what is done for the work of a whole country, from a terminal."""
