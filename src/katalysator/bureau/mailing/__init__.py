"""One letter to many, in which each reads of the own organisation."""
