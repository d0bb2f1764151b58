"""Models that an operator plugs in: an address that speaks the interface of OpenAI, or a folder."""
