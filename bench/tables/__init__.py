"""Reading tables: seconds and memory beside other readers, and how often dialects are guessed right."""
