"""One auction over several workers: each holds a shard of the people and a shard of the openings.

`messages` says what travels, `shard` is what a worker does (four methods, compiled in `kernels`),
`coordinator` runs the auction and survives lost workers, and three crews move the messages: `workers`
in this process, `processes` on this host, `actors` on Ray.
"""
