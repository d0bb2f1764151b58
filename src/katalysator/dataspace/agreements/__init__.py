"""Agreements as people read and sign them: texts from a library, filled in, frozen, signed, ended and renewed."""
