"""How organisations come in, and people who are to speak for them."""
