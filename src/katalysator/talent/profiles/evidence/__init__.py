"""What speaks for a skill: a colleague, an organisation that assesses, or a certificate."""
