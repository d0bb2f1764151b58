"""Search: what is relevant to a few words, in Dutch and in English alike, and what to mark in it."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
