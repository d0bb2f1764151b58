"""The five questions about sharing data, and the terms, the agreement and the record that their answers make."""
