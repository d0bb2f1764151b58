"""From text to numbers: meaning across languages, words, language, and what a text wants."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
