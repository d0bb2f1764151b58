"""Where data comes from: a file that is kept here, an address on the web, or an object in a store that speaks S3."""
