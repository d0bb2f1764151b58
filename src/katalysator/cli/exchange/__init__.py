"""A running coalition from the terminal: commands that speak to its API with a token."""
