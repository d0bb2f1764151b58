"""Two records of one organisation become one, without losing anything."""
