"""Answers and documents in standard forms: linked data, graphs, tables. One module a form."""
