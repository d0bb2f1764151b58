"""Where things are, as people write it: towns, provinces, well-known regions, countries, “online”."""
