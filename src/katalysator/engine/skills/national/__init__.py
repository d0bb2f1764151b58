"""A whole country at once: people with what they can do, openings with what they ask, and who goes where.

`people` and `openings` read the files; `demands` puts openings together that ask for the same; `nearest` finds the
work that covers best what a person can do; `division` gives the seats, with a proof over every pair there is;
`evidence` says why, and `cells` what may be told of regions and groups.
"""
