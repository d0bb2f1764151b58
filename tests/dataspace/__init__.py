"""The data space: terms, the protocol, and what is shared over it."""
