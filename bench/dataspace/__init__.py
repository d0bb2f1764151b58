"""The data space measured: negotiations and data between two instances on this machine."""
