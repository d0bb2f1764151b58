"""Who speaks for an organisation: roles, how they are shown there, and parting."""
