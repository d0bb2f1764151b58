"""Instances of ours as processes of their own: each with its database, its web server and its worker."""
