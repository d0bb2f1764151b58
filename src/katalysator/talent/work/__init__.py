"""Work and skills as anybody may look them up: what there is, what it asks for, and what it pays."""
