"""How well work is found by what people call it, beside other ways."""
