"""Cohorts: people of one employer whose work ends, and where they could go together; nobody is sent anything."""
