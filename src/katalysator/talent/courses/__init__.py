"""Courses that people can follow: the bureau keeps what they teach, what they ask for, and which can be followed now."""
