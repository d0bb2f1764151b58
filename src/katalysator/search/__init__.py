"""What can be searched, in words, concepts and meaning: for every room that has records to be found."""
