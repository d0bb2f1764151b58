"""What people see and do, in a real browser, on the example as it is served."""
