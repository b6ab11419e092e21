"""Writers: one module a form."""
