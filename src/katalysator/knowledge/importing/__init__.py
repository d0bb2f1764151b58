"""Knowledge in sheets: what the columns may be, which item a row is about, and how it is written."""
