"""Skills: what work asks for, who finds it by what people call it, and the roads from the work one has to other work."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
