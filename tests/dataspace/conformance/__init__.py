"""The scenarios of the protocol's conformance kit, by its ids: ours in pytest, and a server that the kit itself can try."""
