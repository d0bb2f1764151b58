"""What participants promised to bring, and what came of it."""
