"""What people do in negotiations and transfers, and what their pages show."""
