"""How data gets to who may have it: where it comes from, with which token it is fetched, and what is written down of it."""
