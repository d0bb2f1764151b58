"""Others say that they used knowledge, and what it brought."""
