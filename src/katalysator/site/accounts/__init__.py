"""Accounts: logging in, passwords and the one address that each account has."""
