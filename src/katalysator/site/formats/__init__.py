"""How moments are written where Django's own way is not that of the Netherlands and Europe."""
