"""How people come to speak for an organisation: they are invited, or ask with an address of its domain."""
