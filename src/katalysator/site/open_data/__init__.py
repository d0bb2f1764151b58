"""Open data: everything that anybody may see, as one archive; which columns, each room says in its `exports.py`."""
