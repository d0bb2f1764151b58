"""Terms that a machine can hold somebody to: our profile of ODRL, what it means, and how it is put in words."""
