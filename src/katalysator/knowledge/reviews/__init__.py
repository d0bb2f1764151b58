"""Peers review knowledge: who is asked, and what they say."""
