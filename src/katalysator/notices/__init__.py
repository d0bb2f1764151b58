"""Which letters each person gets and when, the digest of what is new, and letters that come back."""
