"""A whole country at once: people with what they can do, openings with what they ask, and who goes where.

`files` reads both, whole or not at all; `openings` puts together what is alike for everybody; `division` looks for
candidates and gives the seats, with a proof over every pair there is; `evidence` says why, and `told` of regions and
groups what `cells` allow.
"""
