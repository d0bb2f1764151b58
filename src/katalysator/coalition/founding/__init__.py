"""The coalition itself: what it is called, in which areas and regions it works, and who answers for it."""
