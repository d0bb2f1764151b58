"""The whole house put together: settings, addresses, the matrix, theme and API root."""
