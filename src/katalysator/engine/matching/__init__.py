"""From needs and offers to matches: constraints, retrieval, scoring, allocation, explanation.

Everything that is used from outside is here, and is loaded when it is first asked for.

>>> from katalysator.engine.matching import Edges, allocate
>>> edges = Edges.from_pairs([0, 0, 1], [0, 1, 0], [0.9, 0.8, 0.7], persons=2, openings=2)
>>> allocate(edges, [1, 1]).opening.tolist()
[1, 0]
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
