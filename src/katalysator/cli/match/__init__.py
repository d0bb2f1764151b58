"""`katalysator match`: two tables in, one table of explained matches out. No database."""
