"""What participants learned and made, reviewed by their peers, and who used it."""
