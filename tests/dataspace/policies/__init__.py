"""Terms: what they mean, and how they are put in words."""
