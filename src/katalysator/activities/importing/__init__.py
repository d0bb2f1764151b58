"""Activities in sheets: what the columns may be, which activity a row is about, and how it is written."""
