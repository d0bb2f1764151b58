"""Who is in a working group: they join, ask or are invited, leave, and hand over the chair."""
