"""Records of datasets as catalogues elsewhere read them: DCAT-AP-NL 3.0 in Turtle, RDF/XML and JSON-LD."""
