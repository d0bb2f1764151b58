"""`katalysator concepts`: concepts out of ESCO, and those of the coalition in a file."""
