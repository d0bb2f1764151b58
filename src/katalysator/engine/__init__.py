"""Mathematics of the coalition: no Django, no database, no clock. Seeds and dates are arguments."""
