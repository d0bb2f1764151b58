"""Which pairs are worth a full score, and the search for the nearest of many vectors.

`shortlist` gives the best few offers of each need; `Index` searches among vectors within `Facets`.
The compiled kernels (`kernels`, `pairing`, `scanning`) are loaded only when there is something
to search.
"""
