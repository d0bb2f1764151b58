"""Matching rounds: needs and offers of one market, chosen together and proposed together."""
