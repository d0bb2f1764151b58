"""Shared kernel: values, workflow, audit events, errors. Knows no other room."""
