"""The Dataspace Protocol 2025-1 in both roles: what is said, what it leads to, and how it arrives."""
