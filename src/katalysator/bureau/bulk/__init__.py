"""One deed for many records, which can be undone where their own life allows it."""
