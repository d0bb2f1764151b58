"""How good search is: short queries as people type them, graded against the offers of two boards."""
