"""What the bureau writes down of an organisation for itself, with what is to be done and by when."""
