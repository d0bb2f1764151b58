"""Webhooks: addresses of programs that are told of events."""
