"""One deed for many organisations at once, which can be undone."""
