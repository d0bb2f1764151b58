"""Lists of people for work: evidence first, decided by people with a reason, kept so that they can be made again, and objected to."""
