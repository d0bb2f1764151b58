"""Catalogues elsewhere, read at set times: feeds in DCAT, and catalogues over the protocol; and one list of all data, ours and found."""
