"""The example as people serve it: what they see and do in a real browser, and what a slow or huge client may not."""
