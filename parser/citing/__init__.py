"""Which instruments and provisions are cited, how, and which are meant."""
