"""Activities in the calendars of people: files and feeds by RFC 5545."""
