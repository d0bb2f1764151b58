"""People in sheets: whom to invite, to which organisation, and in which role."""
