"""Profiles as files: what a person takes along, and what comes back in; pure functions from and to records."""
