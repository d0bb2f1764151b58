"""Catalogues of others: what they share with us, on which terms, and how we ask for it."""
