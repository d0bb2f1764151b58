"""Who may see a profile, for what and until when; and who looked."""
