"""`katalysator allocate`: scored pairs in, placements with a proof of quality out. No database."""
