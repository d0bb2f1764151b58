"""The anonymous route: from the work that somebody knows to work within reach, without an account, and nothing kept."""
