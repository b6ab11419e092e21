"""Names things bear: bodies, places, numbers, laws, dates, as data says they are written."""
