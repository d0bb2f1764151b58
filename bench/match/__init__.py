"""`katalysator match` on large tables: its time and memory, beside two rivals on the same rows."""
