"""What members of a working group are to do."""
